namespace Gavel.Judging.Languages;

/// <summary>
/// One language of the table: how its programs are compiled, run and limited. Pure data, read from <c>languages.yaml</c>; README.md in this folder
/// explains every field and placeholder.
/// </summary>
public sealed record Language
{
    /// <summary>Stable id, lower case, for example <c>cpp</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people, for example <c>C++20 (GCC)</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The worker image that brings it, for example <c>jvm</c>; empty for none.</summary>
    public string Family { get; init; } = "";

    /// <summary>Other names it is found by.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>File name endings that choose this language, with the dot; the first is the usual one.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>What a source that is a single file is called while it is compiled and run, for example <c>main.cpp</c>.</summary>
    public required string SourceName { get; init; }

    /// <summary>The compile command with placeholders; empty when there is nothing to compile or check.</summary>
    public IReadOnlyList<string> Compile { get; init; } = [];

    /// <summary>The run command with placeholders.</summary>
    public required IReadOnlyList<string> Run { get; init; }

    /// <summary>The command whose first non-empty line of output names the version.</summary>
    public required IReadOnlyList<string> Version { get; init; }

    /// <summary>Debian packages that bring the toolchain.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>True for the languages that every installation brings.</summary>
    public bool Base { get; init; }

    /// <summary>True when the sources themselves are what runs, so that they are put beside the compiler's output.</summary>
    public bool KeepsSources { get; init; }

    /// <summary>Environment of compiler and program, with placeholders.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Placeholders whose value is the newest path on this host that matches one of the patterns.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Paths { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What is built once per host and shown read-only to every compilation and run; null when nothing is.</summary>
    public LanguagePreparation? Preparation { get; init; }

    /// <summary>Compiler flags that authors may add, in place of <c>{flags}</c> in the compile command.</summary>
    public IReadOnlyList<FlagPattern> Flags { get; init; } = [];

    /// <summary>The language's own placeholders: what differs between otherwise equal entries of the table.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Folder on the host with a root filesystem of its own, whose <c>/usr</c> compiler and program see instead of the host's; null for the host's. The commands
    /// name files in it.
    /// </summary>
    public string? RootFolder { get; init; }

    /// <summary>What a cell must show for this language's toolchain to be there, besides what it was prepared.</summary>
    internal IReadOnlyList<Gavel.Sandbox.CellMount> ToolchainMounts => RootFolder is { } root ? [new(Path.Combine(root, "usr"), "/usr")] : [];

    /// <summary>How the program's entry point is found.</summary>
    public EntryPointRule EntryPoint { get; init; }

    /// <summary>Whose conformance programs prove this language: its own id, or that of another compiler for the same language.</summary>
    public string Conformance { get; init; } = "";

    /// <summary>The limits' adjustments for this language's runtime.</summary>
    public LanguageLimits Limits { get; init; } = new();

    /// <summary>The limits of a compilation where no problem sets others; the larger value holds.</summary>
    public CompileLimits CompileLimits { get; init; } = new();
}

/// <summary>Something a toolchain needs only once per host, such as a warmed build cache or a precompiled header.</summary>
/// <param name="Command">The command with placeholders; it runs in a cell and leaves its result in <c>{out}</c>. Later commands see it as <c>{prepared}</c>.</param>
/// <param name="Size">Room for the result and the temporary files.</param>
/// <param name="MadeFrom">
/// Files, or patterns of which the newest match counts, that the result belongs to: when one changes (by size or time) it is made anew, even if the toolchain's
/// version still reads the same.
/// </param>
public sealed record LanguagePreparation(IReadOnlyList<string> Command, Core.Bytes Size, IReadOnlyList<string> MadeFrom);

/// <summary>How the entry point, <c>{entry}</c> in commands, is found.</summary>
public enum EntryPointRule
{
    /// <summary>The first file, or among several the one with the language's source name.</summary>
    MainFile,

    /// <summary>The class with the main method, <c>Main</c> where there is one; a single file is named after its public class.</summary>
    JavaMainClass,
}

/// <summary>How limits are adjusted for a language's runtime.</summary>
public sealed record LanguageLimits
{
    /// <summary>Time limits are multiplied by this.</summary>
    public double TimeFactor { get; init; } = 1;

    /// <summary>Memory limits are multiplied by this.</summary>
    public double MemoryFactor { get; init; } = 1;

    /// <summary>The runtime's own memory: the cell gets this much on top of the contestant's limit.</summary>
    public Core.Bytes MemoryBaseline { get; init; }

    /// <summary>The largest file is at least this: some runtimes keep the code they generate in an unnamed file of their own.</summary>
    public Core.Bytes FileSize { get; init; }

    /// <summary>Processes and threads at the same time.</summary>
    public int Processes { get; init; } = 64;

    /// <summary>The most stack that <c>{stackKiB}</c> and <c>{stackMiB}</c> offer; null means the memory limit.</summary>
    public Core.Bytes? Stack { get; init; }

    /// <summary>Endings that mean the program ran out of memory inside its runtime.</summary>
    public IReadOnlyList<OutOfMemorySign> OutOfMemory { get; init; } = [];
}

/// <summary>An ending of a program that means: out of memory. All given parts must hold.</summary>
/// <param name="ExitCode">The exit code; null for any but 0.</param>
/// <param name="Signal">The signal; null when an exit is meant.</param>
/// <param name="ErrorOutput">Text that standard error contains; null for any.</param>
public sealed record OutOfMemorySign(int? ExitCode, int? Signal, string? ErrorOutput);

/// <summary>The least that a compilation gets, whatever the problem says.</summary>
public sealed record CompileLimits
{
    /// <summary>CPU time.</summary>
    public TimeSpan CpuTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Memory.</summary>
    public Core.Bytes Memory { get; init; } = Core.Bytes.FromMebibytes(1024);

    /// <summary>Processes and threads at the same time.</summary>
    public int Processes { get; init; } = 128;
}
