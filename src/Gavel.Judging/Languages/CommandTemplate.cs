using System.Globalization;
using Gavel.Core;

namespace Gavel.Judging.Languages;

/// <summary>Fills in the placeholders of a language's commands; README.md lists them.</summary>
internal sealed class CommandTemplate
{
    /// <summary>Where a compilation leaves its result, in the cell.</summary>
    internal const string OutFolder = ".out";

    /// <summary>Where a program lies in the cell that runs it.</summary>
    internal const string AppFolder = "/app";

    /// <summary>Where what was prepared for the language is seen in cells.</summary>
    internal const string PreparedFolder = "/opt/prepared";

    /// <summary>What every program finds in its environment, whatever its language.</summary>
    internal static readonly IReadOnlyDictionary<string, string> PlainEnvironment = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = "/tmp",
        ["LANG"] = "C.UTF-8",
        ["LC_ALL"] = "C.UTF-8",
    };

    private readonly HostPaths _paths;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal)
    {
        ["{out}"] = $"/w/{OutFolder}",
        ["{app}"] = AppFolder,
        ["{prepared}"] = PreparedFolder,
    };

    internal CommandTemplate(Language language, Bytes memory, string entry, Bytes? stackLimit = null)
    {
        _paths = HostPaths.Resolve(language);
        var stack = new[] { memory, language.Limits.Stack ?? memory, stackLimit ?? memory }.Min();
        _values["{entry}"] = entry;
        foreach (var (name, value) in language.Values)
            _values[$"{{{name}}}"] = value;

        _values["{memoryMiB}"] = Number(Math.Max(1, memory.Count >> 20));
        _values["{memoryHex}"] = memory.Count.ToString("x", CultureInfo.InvariantCulture);
        _values["{stackMiB}"] = Number(Math.Max(1, stack.Count >> 20));
        _values["{stackKiB}"] = Number(Math.Max(64, stack.Count >> 10));
        _values["{stackHex}"] = stack.Count.ToString("x", CultureInfo.InvariantCulture);
    }

    internal IReadOnlyList<string> Command(IReadOnlyList<string> template, IReadOnlyList<string> sources, IReadOnlyList<string> flags) =>
        [.. template.SelectMany(argument => argument switch { "{sources}" => sources, "{flags}" => flags, _ => [Fill(argument)] })];

    internal IReadOnlyDictionary<string, string> Environment(Language language)
    {
        var environment = new Dictionary<string, string>(PlainEnvironment, StringComparer.Ordinal);
        foreach (var (name, value) in language.Environment)
            environment[name] = Fill(value);

        return environment;
    }

    private string Fill(string argument)
    {
        if (!argument.Contains('{', StringComparison.Ordinal))
            return argument;

        foreach (var (name, value) in _values)
            argument = argument.Replace(name, value, StringComparison.Ordinal);

        return _paths.Replace(argument);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
