namespace Gavel.Cli;

/// <summary>Where Gavel keeps its data when nobody says otherwise (docs/adr/0005-data-folder.md).</summary>
internal static class DataFolder
{
    public static string Default { get; } =
        Environment.GetEnvironmentVariable("GAVEL_DATA") is { Length: > 0 } folder ? Path.GetFullPath(folder)
        : Environment.IsPrivilegedProcess ? "/var/lib/gavel"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "gavel");
}
