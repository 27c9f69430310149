using Gavel.Judging.Languages;

namespace Gavel.Cli.Output;

/// <summary>The recipe of a worker image with the toolchains of one family of languages, from the language table alone.</summary>
internal static class Containerfile
{
    /// <summary>The families of the table, in its order.</summary>
    public static IReadOnlyList<string> Families(LanguageTable table) => [.. table.Languages.Select(l => l.Family).Where(f => f.Length > 0).Distinct()];

    /// <summary>The recipe.</summary>
    public static string Write(LanguageTable table, string family)
    {
        var languages = table.Languages.Where(l => l.Family == family).ToList();
        var packages = languages.SelectMany(l => l.Packages).Append("ca-certificates").Append("libicu72").Distinct().Order(StringComparer.Ordinal);
        return $"""
            # Made by `gavel languages containerfile {family}` from the language table; a test keeps it true. Do not edit.
            # Languages: {string.Join(", ", languages.Select(l => l.Id))}
            #
            # ./gavel build && podman build -f deploy/images/{family}.Containerfile -t gavel-worker-{family} .
            # The sandbox needs root inside the container, user namespaces, and a writable cgroup: `gavel doctor` in the container says what is missing.
            FROM mcr.microsoft.com/dotnet/sdk:10.0 AS dotnet

            FROM debian:bookworm-slim
            RUN apt-get update \
             && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
                {string.Join(" ", packages)} \
             && rm -rf /var/lib/apt/lists/*
            COPY --from=dotnet /usr/share/dotnet /usr/share/dotnet
            COPY artifacts/bin/Gavel.Cli/release /opt/gavel
            ENV DOTNET_ROOT=/usr/share/dotnet
            ENTRYPOINT ["/opt/gavel/gavel"]
            CMD ["worker"]

            """.ReplaceLineEndings("\n");
    }
}
