using Gavel.Core;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Gavel.Judging.Languages;

/// <summary>Reads the YAML form of the language table. Unknown keys are errors: a misspelt limit must not be silently ignored.</summary>
internal static class LanguageFile
{
    internal static LanguageTable Read(TextReader reader)
    {
        var deserializer = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
        try
        {
            var entries = deserializer.Deserialize<Dictionary<string, Entry>>(new MergingParser(new Parser(reader))) ?? [];
            return new LanguageTable([.. entries.Select(e => e.Value.ToLanguage(e.Key))]);
        }
        catch (YamlException error)
        {
            throw new LanguageTableException($"Line {error.Start.Line}: {error.InnerException?.Message ?? error.Message}");
        }
    }

    private sealed class Entry
    {
        public string? Name { get; set; }
        public string Family { get; set; } = "";
        public string? Rootfs { get; set; }
        public List<string> Aliases { get; set; } = [];
        public List<string> Extensions { get; set; } = [];
        public string? Source { get; set; }
        public bool KeepsSources { get; set; }
        public EntryPointRule EntryPoint { get; set; }
        public Dictionary<string, List<string>> Paths { get; set; } = [];
        public PrepareEntry? Prepare { get; set; }
        public List<string> Compile { get; set; } = [];
        public List<string> Flags { get; set; } = [];
        public List<string> Run { get; set; } = [];
        public List<string> Version { get; set; } = [];
        public List<string> Packages { get; set; } = [];
        public Dictionary<string, string> Environment { get; set; } = [];
        public Dictionary<string, string> Values { get; set; } = [];
        public string? Conformance { get; set; }
        public bool Base { get; set; }
        public LimitsEntry Limits { get; set; } = new();
        public CompileLimitsEntry CompileLimits { get; set; } = new();

        public Language ToLanguage(string id) => new()
        {
            Id = id,
            Name = Name ?? throw Missing(id, "name"),
            Family = Family,
            RootFolder = Rootfs is null || Path.IsPathFullyQualified(Rootfs) ? Rootfs : throw new LanguageTableException($"Language '{id}': 'rootfs' is an absolute path, not '{Rootfs}'."),
            Aliases = Aliases,
            Extensions = Extensions,
            SourceName = Source ?? throw Missing(id, "source"),
            KeepsSources = KeepsSources,
            EntryPoint = EntryPoint,
            Paths = Paths.ToDictionary(p => p.Key, p => (IReadOnlyList<string>)p.Value),
            Preparation = Prepare is null ? null : new(Prepare.Command, Bytes.FromMebibytes(Prepare.SizeMiB), Prepare.MadeFrom),
            Compile = Compile,
            Flags = Flags is [] || Compile.Contains("{flags}") ? [.. Flags.Select(text => new FlagPattern(text))] : throw new LanguageTableException($"Language '{id}' allows flags, but its 'compile' has no {{flags}}."),
            Run = Run is [] ? throw Missing(id, "run") : Run,
            Version = Version is [] ? throw Missing(id, "version") : Version,
            Packages = Packages,
            Environment = Environment,
            Values = Values,
            Conformance = Conformance ?? id,
            Base = Base,
            Limits = Limits.ToLimits(),
            CompileLimits = CompileLimits.ToLimits(),
        };

        private static LanguageTableException Missing(string id, string key) => new($"Language '{id}' has no '{key}'.");
    }

    private sealed class PrepareEntry
    {
        public List<string> Command { get; set; } = [];
        public double SizeMiB { get; set; } = 64;
        public List<string> MadeFrom { get; set; } = [];
    }

    private sealed class LimitsEntry
    {
        public double TimeFactor { get; set; } = 1;
        public double MemoryFactor { get; set; } = 1;
        public double MemoryBaselineMiB { get; set; }
        public double? StackMiB { get; set; }
        public double FileSizeMiB { get; set; }
        public int Processes { get; set; } = 64;
        public List<OutOfMemoryEntry> OutOfMemory { get; set; } = [];

        public LanguageLimits ToLimits() => new()
        {
            TimeFactor = TimeFactor,
            MemoryFactor = MemoryFactor,
            MemoryBaseline = Bytes.FromMebibytes(MemoryBaselineMiB),
            Stack = StackMiB is { } stack ? Bytes.FromMebibytes(stack) : null,
            FileSize = Bytes.FromMebibytes(FileSizeMiB),
            Processes = Processes,
            OutOfMemory = [.. OutOfMemory.Select(o => new OutOfMemorySign(o.ExitCode, o.Signal, o.ErrorOutput))],
        };
    }

    private sealed class OutOfMemoryEntry
    {
        public int? ExitCode { get; set; }
        public int? Signal { get; set; }
        public string? ErrorOutput { get; set; }
    }

    private sealed class CompileLimitsEntry
    {
        public double TimeSeconds { get; set; } = 30;
        public double MemoryMiB { get; set; } = 1024;
        public int Processes { get; set; } = 128;

        public CompileLimits ToLimits() => new()
        {
            CpuTime = TimeSpan.FromSeconds(TimeSeconds),
            Memory = Bytes.FromMebibytes(MemoryMiB),
            Processes = Processes,
        };
    }
}
