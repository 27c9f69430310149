using Gavel.Judging.Languages;
using Gavel.Server.Operations;

namespace Gavel.Server.Dialects.Piston;

/// <summary>A language of this server as Piston names it.</summary>
internal sealed record PistonRuntime(string Name, SemanticVersion Version, IReadOnlyList<string> Aliases, string? Runtime, Language Language)
{
    /// <summary>Piston shows a compile stage for languages that make an executable.</summary>
    public bool Compiled => Language is { KeepsSources: false, Compile.Count: > 0 };
}

/// <summary>The installed languages under Piston's names and aliases.</summary>
internal sealed class PistonRuntimes(LanguageTable table, ToolchainProbe probe, LanguageOffer offer)
{
    private static readonly Dictionary<string, (string Name, string? Runtime, string[] Aliases)> Names = new()
    {
        ["c"] = ("c", "gcc", ["gcc"]),
        ["cpp"] = ("c++", "gcc", ["cpp", "g++"]),
        ["python3"] = ("python", null, ["py", "py3", "python3", "python3.10"]),
        ["java"] = ("java", null, []),
        ["javascript"] = ("javascript", "node", ["node-javascript", "node-js", "js"]),
        ["go"] = ("go", null, ["golang"]),
        ["rust"] = ("rust", null, ["rs"]),
        ["csharp"] = ("csharp", "dotnet", ["csharp.net", "c#", "cs", "c#.net"]),
        ["bash"] = ("bash", null, ["sh"]),
    };

    public async Task<IReadOnlyList<PistonRuntime>> AllAsync(CancellationToken cancellation)
    {
        // What only workers elsewhere have is there without a version, since they do not tell it.
        var offered = await offer.ReadAsync(cancellation);
        var states = await probe.ProbeAsync(table, cancellation);
        return [.. states.Where(s => offered?.Contains(s.Language.Id) ?? s.Usable).Select(s => Of(s.Language, s.Usable ? s.Version! : ""))];
    }

    /// <summary>The newest runtime with this name or alias in a version that the selector takes.</summary>
    public async Task<PistonRuntime?> FindAsync(string language, string selector, CancellationToken cancellation) =>
        (await AllAsync(cancellation))
            .Where(r => (r.Name == language || r.Aliases.Contains(language)) && VersionSelector.Matches(selector, r.Version)).MaxBy(r => r.Version);

    private static PistonRuntime Of(Language language, string version)
    {
        var (name, runtime, aliases) = Names.GetValueOrDefault(language.Id, (language.Id, null, [.. language.Aliases]));
        return new PistonRuntime(name, SemanticVersion.Find(version) ?? new SemanticVersion(0, 0, 0), aliases, runtime, language);
    }
}
