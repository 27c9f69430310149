using Gavel.Packages.Yaml;

namespace Gavel.Packages.Configuration;

/// <summary>The format a package is written in.</summary>
internal enum PackageFormat
{
    /// <summary>The Kattis format before versions were declared.</summary>
    Legacy,

    /// <summary>The subset of legacy without scoring.</summary>
    LegacyIcpc,

    /// <summary>What later became 2025-09; in the wild a mixture of new problem.yaml and old test data configuration.</summary>
    Draft,

    /// <summary>2025-09.</summary>
    Modern,
}

internal static class PackageFormats
{
    public static bool IsLegacy(this PackageFormat format) => format is PackageFormat.Legacy or PackageFormat.LegacyIcpc;

    /// <summary>Reads <c>problem_format_version</c>.</summary>
    /// <returns>Null when the version is not supported; the issue is recorded.</returns>
    public static (PackageFormat Format, string Name)? Read(YamlSection yaml)
    {
        var name = yaml.Text("problem_format_version") ?? "legacy";
        switch (name)
        {
            case "legacy":
                return (PackageFormat.Legacy, name);
            case "legacy-icpc":
                return (PackageFormat.LegacyIcpc, name);
            case "2023-07" or "2023-07-draft":
                return (PackageFormat.Draft, name);
            case "2025-09":
                return (PackageFormat.Modern, name);
            case "2025-09-draft" or "draft":
                yaml.Warn(yaml.LineOf("problem_format_version"), $"'{name}' is read as 2025-09.");
                return (PackageFormat.Modern, name);
            default:
                yaml.Error(yaml.LineOf("problem_format_version"), $"Unknown problem_format_version '{name}'; supported are legacy, legacy-icpc, 2023-07, 2023-07-draft and 2025-09.");
                return null;
        }
    }
}
