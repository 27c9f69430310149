using System.Text.Json;

namespace Gavel.Cli.Local;

/// <summary>The keys that <c>gavel login</c> got, by server, in a file that only its owner reads: <c>gavel/credentials.json</c> in XDG_CONFIG_HOME.</summary>
/// <param name="Current">The server of the last login.</param>
/// <param name="Keys">Keys by server.</param>
internal sealed record Credentials(string? Current, Dictionary<string, string> Keys)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string File => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } home
            ? home : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".config"),
        "gavel", "credentials.json");

    /// <summary>What is stored; nothing when nobody has logged in.</summary>
    /// <exception cref="UsageException">The file is damaged, or readable by others.</exception>
    public static Credentials Read()
    {
        if (!System.IO.File.Exists(File))
            return new(null, []);
        if ((System.IO.File.GetUnixFileMode(File) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
            throw new UsageException($"{File} holds keys and others can read it. Run: chmod 600 {File}");

        try
        {
            return JsonSerializer.Deserialize<Credentials>(System.IO.File.ReadAllText(File), Form) ?? new(null, []);
        }
        catch (JsonException)
        {
            throw new UsageException($"{File} is damaged. Remove it and run `gavel login` again.");
        }
    }

    public string? KeyOf(Uri server) => Keys.GetValueOrDefault(Name(server));

    /// <summary>With another key, and its server as the current one.</summary>
    public Credentials With(Uri server, string key) => new(Name(server), new(Keys) { [Name(server)] = key });

    public Credentials Without(Uri server)
    {
        var keys = new Dictionary<string, string>(Keys);
        keys.Remove(Name(server));
        return new(Current == Name(server) ? null : Current, keys);
    }

    /// <summary>Written beside and moved: whoever reads the file never sees half of it, and nobody else sees any of it.</summary>
    public void Write()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var partial = $"{File}.{Environment.ProcessId}";
        System.IO.File.Delete(partial);
        FileStreamOptions mine = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using (var file = new FileStream(partial, mine))
            JsonSerializer.Serialize(file, this, Form);
        System.IO.File.Move(partial, File, overwrite: true);
    }

    private static string Name(Uri server) => server.GetLeftPart(UriPartial.Path).TrimEnd('/');
}
