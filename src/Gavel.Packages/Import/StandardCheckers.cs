namespace Gavel.Packages.Import;

/// <summary>The checkers that come with testlib, by name, with the arguments of the default output validator that come nearest to them elsewhere.</summary>
internal static class StandardCheckers
{
    private static readonly Dictionary<string, string[]> s_arguments = new()
    {
        ["wcmp"] = ["case_sensitive"],
        ["lcmp"] = ["case_sensitive"],
        ["fcmp"] = ["case_sensitive", "space_change_sensitive"],
        ["ncmp"] = ["case_sensitive"],
        ["icmp"] = ["case_sensitive"],
        ["hcmp"] = ["case_sensitive"],
        ["yesno"] = [],
        ["nyesno"] = [],
        ["caseicmp"] = ["case_sensitive"],
        ["casencmp"] = ["case_sensitive"],
        ["casewcmp"] = ["case_sensitive"],
        ["rcmp4"] = ["float_tolerance", "1e-4"],
        ["rcmp6"] = ["float_tolerance", "1e-6"],
        ["rcmp9"] = ["float_tolerance", "1e-9"],
        ["dcmp"] = ["float_tolerance", "1e-6"],
        ["rcmp"] = ["float_absolute_tolerance", "1.5e-6"],
        ["acmp"] = ["float_absolute_tolerance", "1.5e-6"],
        ["rncmp"] = ["float_absolute_tolerance", "1.5e-5"],
    };

    /// <summary>Uses the checker of this name (<c>std::wcmp.cpp</c>, <c>wcmp</c>) by its arguments; false when it has no counterpart.</summary>
    public static bool Use(ModernPackageWriter writer, string name)
    {
        var standard = Path.GetFileNameWithoutExtension(name.StartsWith("std::", StringComparison.Ordinal) ? name["std::".Length..] : name);
        if (!s_arguments.TryGetValue(standard, out var flags))
            return false;

        writer.Checker = new(standard, []);
        writer.ValidatorArguments = flags;
        writer.Converted("checker", $"{name}: by name in gavel.yaml; other systems use the default validator{(flags.Length > 0 ? " with " + string.Join(' ', flags) : "")}");
        return true;
    }
}
