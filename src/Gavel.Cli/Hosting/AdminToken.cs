using System.Security.Cryptography;
using System.Text;

namespace Gavel.Cli.Hosting;

/// <summary>The administrator's token: from GAVEL_ADMIN_TOKEN, or made once and kept in the data folder where only its owner can read it.</summary>
internal static class AdminToken
{
    private const int Shortest = 16;

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "admin-token");

    public static string ReadOrMake(string dataFolder)
    {
        if (Environment.GetEnvironmentVariable("GAVEL_ADMIN_TOKEN") is { Length: > 0 } given)
            return given.Length >= Shortest ? given : throw new UsageException($"GAVEL_ADMIN_TOKEN is too short: at least {Shortest} characters.");

        var path = PathIn(dataFolder);
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: >= Shortest } kept)
            return kept;

        // Made beside and moved: whoever reads the file never sees half of it.
        var token = RandomNumberGenerator.GetHexString(48, lowercase: true);
        var partial = $"{path}.{Environment.ProcessId}";
        File.Delete(partial);
        FileStreamOptions mine = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using (var file = new FileStream(partial, mine))
            file.Write(Encoding.ASCII.GetBytes(token + "\n"));
        File.Move(partial, path, overwrite: true);
        return token;
    }
}
