using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Languages;
using Gavel.Sandbox;

namespace Gavel.Judging.Building;

/// <summary>Turns sources into programs. Everything is compiled in a cell; the same source is compiled once.</summary>
internal sealed class ProgramBuilder(ISandbox sandbox, ToolchainProbe toolchains, Preparations preparations, BuildCache cache)
{
    private const string CacheFormat = "gavel-build-3";
    private static readonly string[] s_headers = [".h", ".hh", ".hpp"];
    private static readonly Bytes OutputShown = Bytes.FromKibibytes(64);

    /// <summary>Compiles a submission, a run or a judge program.</summary>
    /// <exception cref="BuildException">The toolchain is missing on this host, or the sandbox failed.</exception>
    internal async Task<BuildOutcome> BuildAsync(BuildRequest request, CancellationToken cancellation)
    {
        var language = request.Language;
        var status = await toolchains.ProbeAsync(language, cancellation);
        if (status.Version is not { } version)
            throw new BuildException($"{language.Name} cannot be judged on this host: {status.Problem}.");

        // Whoever took the program has asked this already; a server with another table may have answered otherwise.
        if (BuildChoices.WhyNot(language, request.Files, BuildChoice.Of(null, request.CompilerFlags)) is { } refusal)
            throw new BuildException(refusal.Explanation);

        var (files, entry) = EntryPoints.Arrange(language, request.Files, request.EntryPoint);
        var prepared = await preparations.GetAsync(language, version, cancellation);
        var template = new CommandTemplate(language, request.Memory, entry);
        var command = template.Command(language.Compile, EntryPoints.Sources(language, files), request.CompilerFlags);
        var build = await cache.GetAsync(
            Key(request, version, template, files, command),
            folder => CompileAsync(request, files, command, template, prepared, folder),
            cancellation);

        var facts = new BuildFacts(version, string.Join(' ', command.Select(Shorten)));
        return build.AppFolder is { } app
            ? new BuildOutcome.Built(new(language, app, entry, prepared), build.Output) { Facts = facts }
            : new BuildOutcome.Refused(build.Output) { Facts = facts, TimedOut = build.TimedOut };
    }

    private async Task<FreshBuild> CompileAsync(
        BuildRequest request, IReadOnlyList<SourceFile> files, IReadOnlyList<string> command, CommandTemplate template, string? prepared, string folder)
    {
        var language = request.Language;
        var result = command is [] ? new(true, true, "") : await RunCompilerAsync(request, files, command, template, prepared, folder);
        if (result.Succeeded && (language.KeepsSources || command is []))
            foreach (var file in files)
                await WriteAsync(folder, file);
        if (result.Succeeded)
            foreach (var file in ReadableAtRunTime(language, files))
                await WriteAsync(Path.Combine(folder, Program.WorkFolder), file);
        if (result.Succeeded)
            MakeRunnable(folder);

        return result;
    }

    // What a compiler has turned into a program is of no use beside it.
    private static IEnumerable<SourceFile> ReadableAtRunTime(Language language, IReadOnlyList<SourceFile> files) => files.Count == 1
        ? []
        : files.Where(file => language.KeepsSources || language.Compile is [] || !language.Extensions.Concat(s_headers).Contains(Path.GetExtension(file.Name)));

    private async Task<FreshBuild> RunCompilerAsync(
        BuildRequest request, IReadOnlyList<SourceFile> files, IReadOnlyList<string> command, CommandTemplate template, string? prepared, string folder)
    {
        await using var cell = await sandbox.RentAsync(
            new() { Mounts = prepared is null ? request.Language.ToolchainMounts : [.. request.Language.ToolchainMounts, new(prepared, CommandTemplate.PreparedFolder)] }, CancellationToken.None);
        var report = await cell.RunAsync(
            new()
            {
                Arguments = command,
                Environment = template.Environment(request.Language),
                Files = [.. files.Select(f => new CellFile(f.Name, null, f.Content))],
                Folders = [CommandTemplate.OutFolder],
                CollectFrom = CommandTemplate.OutFolder,
                CollectTo = folder,
                Limits = Limits(request),
            },
            CancellationToken.None);

        var output = CompilerOutput.Text(report, OutputShown);
        return report.Cause switch
        {
            TerminationCause.SandboxFault => throw new BuildException($"The compiler could not be run: {report.Detail}"),
            TerminationCause.Exited when report.ExitCode == 0 => new(true, true, output),
            TerminationCause.Exited or TerminationCause.Signalled => new(false, true, output),
            _ => new(false, false, CompilerOutput.WithLimit(output, report)) { TimedOut = report.Cause is TerminationCause.CpuLimit or TerminationCause.WallLimit },
        };
    }

    private static RunLimits Limits(BuildRequest request)
    {
        var least = request.Language.CompileLimits;
        var cpu = request.Limits is { } limits && limits.CompilationTime > least.CpuTime ? limits.CompilationTime : least.CpuTime;
        var memory = Math.Max(request.Limits?.CompilationMemory.Count ?? 0, least.Memory.Count);
        var (wall, caps) = (WallClock.For(cpu), request.Caps);
        return new()
        {
            CpuTime = caps?.CpuTime < cpu ? caps.CpuTime.Value : cpu,
            WallTime = caps?.WallTime < wall ? caps.WallTime.Value : wall,
            MemoryBytes = caps?.Memory?.Count < memory ? caps.Memory.Value.Count : memory,
            Processes = least.Processes,
            FileSizeBytes = 256L << 20,
            WorkFolderBytes = 512L << 20,
            OutputBytes = 1L << 20,
            ErrorOutputBytes = 1L << 20,
            OpenFiles = 1024,
        };
    }

    private static string Key(BuildRequest request, string version, CommandTemplate template, IReadOnlyList<SourceFile> files, IReadOnlyList<string> command)
    {
        var language = request.Language;
        using var key = new BuildKey();
        // Whoever caps a compilation shares it with nobody else: it must not fail for those who wait for the same source.
        return (request.Caps is { } caps ? key.Add($"{caps.CpuTime?.Ticks} {caps.WallTime?.Ticks} {caps.Memory?.Count}") : key).Add(CacheFormat).Add(language.Id).Add(language.RootFolder ?? "").Add(version).Add(command)
            .Add(template.Environment(language).Select(e => $"{e.Key}={e.Value}").Order(StringComparer.Ordinal))
            .Add(language.Preparation?.Command ?? []).Add(files).ToHex();
    }

    private static async Task WriteAsync(string folder, SourceFile file)
    {
        var path = Path.GetFullPath(Path.Combine(folder, file.Name));
        if (!path.StartsWith(folder + "/", StringComparison.Ordinal))
            throw new BuildException($"'{file.Name}' leaves the source folder.");

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, file.Content);
    }

    // Cells run programs as another user.
    internal static void MakeRunnable(string folder)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Programs are judged on Linux.");

        const UnixFileMode all = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder))
            File.SetUnixFileMode(path, all);
    }

    private static string Shorten(string argument) => argument.Contains('\n', StringComparison.Ordinal) || argument.Length > 200 ? "'...'" : argument;
}

/// <summary>What is to be compiled.</summary>
/// <param name="Language">The language.</param>
/// <param name="Files">The source files; the first is the main one.</param>
internal sealed record BuildRequest(Language Language, IReadOnlyList<SourceFile> Files)
{
    /// <summary>The entry point, when the submission names it.</summary>
    internal string? EntryPoint { get; init; }

    /// <summary>Flags that the author adds to the compiler's; each is on the language's list.</summary>
    internal IReadOnlyList<string> CompilerFlags { get; init; } = [];

    /// <summary>The problem's limits; null where there is no problem.</summary>
    internal ProblemLimits? Limits { get; init; }

    /// <summary>What the compilation may use at most; null for what its language allows.</summary>
    internal CompileCaps? Caps { get; init; }

    /// <summary>Memory the program will have, for compile commands that depend on it; none does so far.</summary>
    internal Bytes Memory { get; init; } = Bytes.FromMebibytes(512);
}
