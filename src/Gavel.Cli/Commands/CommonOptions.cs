using System.CommandLine;
using Gavel.Ledger;

namespace Gavel.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document instead of text." };

    public static Option<string?> Language() => new("--language", "-l") { Description = "Language id or alias; by default it follows from the file name.", HelpName = "ID" };

    public static Option<string> Data() => new("--data")
    {
        Description = "Folder for the database, packages and caches. Default: GAVEL_DATA, else /var/lib/gavel as root, else ~/.local/share/gavel.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => DataFolder.Default,
    };

    public static Option<string?> Database() => new("--database") { Description = "Your PostgreSQL: postgres://user:password@host/database. Default: GAVEL_DATABASE.", HelpName = "URL" };

    /// <summary>The connection string of the database that the person names; null when there is none.</summary>
    public static string? DatabaseOf(ParseResult parsed, Option<string?> option)
    {
        var text = parsed.GetValue(option) ?? Environment.GetEnvironmentVariable("GAVEL_DATABASE");
        if (string.IsNullOrEmpty(text))
            return null;

        try
        {
            var database = ConnectionText.Parse(text);
            return database.Host is { Length: > 0 }
                ? database.ConnectionString
                : throw new UsageException("the database URL names no host: postgres://user:password@host:5432/database is the form.");
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message);
        }
    }

    /// <summary>The connection string of the database that the person names.</summary>
    public static string RequiredDatabaseOf(ParseResult parsed, Option<string?> option) =>
        DatabaseOf(parsed, option) ?? throw new UsageException("which database? Add --database postgres://user:password@host/database, or set GAVEL_DATABASE. (`gavel up` brings its own.)");

    /// <summary>The data folder, made when missing.</summary>
    public static string DataFolderOf(ParseResult parsed, Option<string> option)
    {
        var folder = Path.GetFullPath(parsed.GetRequiredValue(option));
        try
        {
            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the data folder {folder} cannot be made ({error.Message}). Choose another with --data.");
        }
    }
}
