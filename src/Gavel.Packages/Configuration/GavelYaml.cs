using Gavel.Core.Checking;
using Gavel.Packages.Programs;
using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Configuration;

/// <summary>
/// Reads <c>gavel.yaml</c>, which says beside <c>problem.yaml</c> what the package formats have no word for. Other systems do not know the file and judge
/// with the default output validator and the package's <c>output_validator_args</c>, which should therefore be as near as the format allows.
/// </summary>
internal static class GavelYaml
{
    internal const string FileName = "gavel.yaml";

    /// <summary>The checker it names: <c>checker: wcmp</c>, <c>checker: floats 1e-9</c> or <c>checker: [floats, 1e-9]</c>.</summary>
    public static CheckerChoice? ReadChecker(PackageFolder root, PackageConfiguration configuration, PackagePrograms programs, PackageIssues issues)
    {
        if (root.File(FileName) is not { } file)
            return null;

        var yaml = YamlSection.Read(file, issues);
        var choice = Choice(yaml);
        yaml.RefuseRest(FileName);
        if (choice is null)
            return null;

        var line = yaml.LineOf("checker");
        if (programs.OutputValidators.Count > 0)
            yaml.Error(line, "The package has an output validator; a named checker stands in for the default one only.");
        if (configuration.NeedsValidator)
            yaml.Error(line, "An interactive or multi-pass problem needs an output validator, not a named checker.");
        try
        {
            CheckerCatalogue.Rule(choice);
        }
        catch (FormatException error)
        {
            yaml.Error(line, error.Message);
        }

        return choice;
    }

    private static CheckerChoice? Choice(YamlSection yaml)
    {
        if (yaml.Texts("checker", single: true) is not { } words)
            return null;
        if (words is [var only])
            words = ArgumentLine.Split(only) ?? words;
        if (words.Count > 0)
            return new(words[0], [.. words.Skip(1)]);

        yaml.Error(yaml.LineOf("checker"), "checker must name one.");
        return null;
    }
}
