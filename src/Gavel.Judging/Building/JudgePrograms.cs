using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Languages;
using Gavel.Sandbox;

namespace Gavel.Judging.Building;

/// <summary>Builds the programs that packages bring along: validators, graders. Each is compiled once per content, whatever the number of judgings.</summary>
internal sealed class JudgePrograms(ISandbox sandbox, LanguageTable languages, ProgramBuilder builder, BuildCache cache)
{
    private static readonly string[] HeaderExtensions = [".h", ".hh", ".hpp"];

    /// <summary>The program, ready to run.</summary>
    /// <exception cref="BuildException">It does not compile; the message names it and has the compiler's output.</exception>
    internal async Task<Program> GetAsync(Problem problem, JudgeProgram program, CancellationToken cancellation)
    {
        var files = Read(problem, program);
        if (files.Any(f => f.Name is "build" or "run"))
            return await GetScriptedAsync(problem, program, files, cancellation);

        var (language, whyNot) = PackageLanguages.Of(languages, problem, files);
        if (language is null)
            throw new BuildException($"{Describe(problem, program)} cannot be built: {whyNot}.");

        return await builder.BuildAsync(new(language, files) { Limits = problem.Limits }, cancellation) switch
        {
            BuildOutcome.Built built => built.Program,
            var refused => throw new BuildException($"{Describe(problem, program)} does not compile:\n{refused.CompilerOutput}"),
        };
    }

    /// <summary>How the program is called in messages: its path in the package.</summary>
    internal static string Describe(Problem problem, JudgeProgram program) => Path.GetRelativePath(problem.Folder, program.Path);

    private static List<SourceFile> Read(Problem problem, JudgeProgram program)
    {
        var folder = Directory.Exists(program.Path) ? program.Path : Path.GetDirectoryName(program.Path)!;
        var files = program.Files.ToList();

        // A validator that is a single file still finds headers beside it, such as the package's own testlib.h.
        if (!Directory.Exists(program.Path))
            files.AddRange(Directory.EnumerateFiles(folder).Where(f => HeaderExtensions.Contains(Path.GetExtension(f)) && !files.Contains(f)).Order(StringComparer.Ordinal));

        return [.. files.Select(f => new SourceFile(Path.GetRelativePath(folder, f), problem.Constants.Substitute(File.ReadAllBytes(f))))];
    }

    // The format's own way out: `build` runs in a copy of the folder and must leave `run`.
    private async Task<Program> GetScriptedAsync(Problem problem, JudgeProgram program, List<SourceFile> files, CancellationToken cancellation)
    {
        var key = BuildKey.Of("gavel-script-1", files);
        var build = await cache.GetAsync(key, folder => RunScriptAsync(problem, files, folder), cancellation);
        var app = build.AppFolder ?? throw new BuildException($"{Describe(problem, program)}: the build script failed:\n{build.Output}");
        if (!File.Exists(Path.Combine(app, "run")))
            throw new BuildException($"{Describe(problem, program)}: the build script left no 'run'.");

        return new(null, app, "run", null);
    }

    private async Task<FreshBuild> RunScriptAsync(Problem problem, List<SourceFile> files, string folder)
    {
        await using var cell = await sandbox.RentAsync(new(), CancellationToken.None);
        var hasBuild = files.Any(f => f.Name == "build");
        var report = await cell.RunAsync(
            new()
            {
                Arguments = hasBuild ? ["/w/build"] : ["/bin/true"],
                Environment = CommandTemplate.PlainEnvironment,
                Files = [.. files.Select(f => new CellFile(f.Name, null, f.Content, Executable: f.Name is "build" or "run"))],
                CollectTo = folder,
                Limits = new()
                {
                    CpuTime = problem.Limits.CompilationTime,
                    WallTime = WallClock.For(problem.Limits.CompilationTime),
                    MemoryBytes = problem.Limits.CompilationMemory.Count,
                    Processes = 256,
                    FileSizeBytes = 256L << 20,
                    WorkFolderBytes = 512L << 20,
                    OpenFiles = 1024,
                },
            },
            CancellationToken.None);
        var succeeded = report is { Cause: TerminationCause.Exited, ExitCode: 0 };
        if (succeeded)
            ProgramBuilder.MakeRunnable(folder);

        return new(succeeded, report.Cause == TerminationCause.Exited, CompilerOutput.Text(report, Bytes.FromKibibytes(64)));
    }
}
