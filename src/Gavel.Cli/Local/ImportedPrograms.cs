using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Judging.Languages;
using Gavel.Packages;

namespace Gavel.Cli.Local;

/// <summary>Runs the generators and solutions of a problem that is imported, in cells. The judge is started with the first of them.</summary>
internal sealed class ImportedPrograms : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private LocalJudge? local;

    /// <summary>See <see cref="RunProgram"/>.</summary>
    public async Task<ProgramOutput> RunAsync(ProgramCall call, CancellationToken cancellation)
    {
        var left = Directory.CreateTempSubdirectory("gavel-left-").FullName;
        try
        {
            return await RunAsync(call, left, cancellation);
        }
        finally
        {
            Directory.Delete(left, recursive: true);
        }
    }

    private async Task<ProgramOutput> RunAsync(ProgramCall call, string left, CancellationToken cancellation)
    {
        local ??= await LocalJudge.StartAsync(LanguageTable.Default, cancellation);
        if (LanguageTable.Default.ForFileNames([Path.GetFileName(call.Source)]) is not { } language)
            return new(false, $"its language is not known: {Path.GetFileName(call.Source)}");

        var input = call.InputFile is null ? [] : await File.ReadAllBytesAsync(call.InputFile, cancellation);
        var result = await local.Judge.RunAsync(
            new()
            {
                Language = language,
                Files = [.. call.Headers.Prepend(call.Source).Select(f => new SourceFile(Path.GetFileName(f), File.ReadAllBytes(f)))],
                Arguments = call.Arguments,
                Input = call.InputFileName is null ? input : [],
                WorkFiles =
                [
                    .. call.WorkFiles.Select(f => new SourceFile(Path.GetFileName(f), File.ReadAllBytes(f))),
                    .. call.InputFileName is { } name ? [new SourceFile(name, input)] : Array.Empty<SourceFile>(),
                ],
                CollectTo = call.FilesFolder ?? (call.OutputFileName is null ? null : left),
                Limits = new() { CpuTime = Patience, Memory = Bytes.FromMebibytes(2048), Output = Bytes.FromMebibytes(256) },
            },
            cancellation);
        if (result.Status != RunStatus.Ok)
            return new(false, $"{result.Status}: {(result.Status == RunStatus.CompileError ? result.CompilerOutput : result.Message)}".TrimEnd(' ', ':'));
        if (result.OutputTruncated || call.ErrorFile is not null && result.ErrorOutputTruncated)
            return new(false, "it writes more than 256 MiB");

        if (call.OutputFileName is { } file)
        {
            if (!File.Exists(Path.Combine(left, file)))
                return new(false, $"it leaves no file '{file}'");
            File.Copy(Path.Combine(left, file), call.OutputFile, overwrite: true);
        }
        else
            await File.WriteAllBytesAsync(call.OutputFile, result.Output, cancellation);
        if (call.ErrorFile is not null)
            await File.WriteAllBytesAsync(call.ErrorFile, result.ErrorOutput, cancellation);
        return new(true, "");
    }

    public async ValueTask DisposeAsync()
    {
        if (local is not null)
            await local.DisposeAsync();
    }
}
