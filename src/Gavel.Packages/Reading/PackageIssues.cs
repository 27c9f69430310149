using Gavel.Core.Problems;

namespace Gavel.Packages.Reading;

/// <summary>Collects what is wrong with a package. Errors refuse it; warnings travel with the problem.</summary>
internal sealed class PackageIssues
{
    // A broken package can hold a million broken files; nobody reads more than this.
    private const int Maximum = 1000;
    private readonly List<PackageIssue> _errors = [];
    private readonly List<PackageIssue> _warnings = [];

    public IReadOnlyList<PackageIssue> Errors => _errors;

    public IReadOnlyList<PackageIssue> Warnings => _warnings;

    public void Error(string file, int? line, string message) => Add(_errors, new(file, line, message));

    public void Warn(string file, int? line, string message) => Add(_warnings, new(file, line, message));

    private static void Add(List<PackageIssue> list, PackageIssue issue)
    {
        if (list.Count < Maximum && !list.Contains(issue))
            list.Add(issue);
    }
}
