using System.Text.Json.Serialization;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>A submission's attributes after defaults and checks, as they are kept. Texts are bytes: they may come in base64.</summary>
internal sealed record Judge0Request
{
    public byte[]? SourceCode { get; init; }

    public required int LanguageId { get; init; }

    public string? CompilerOptions { get; init; }

    public string? CommandLineArguments { get; init; }

    public byte[]? Stdin { get; init; }

    public byte[]? ExpectedOutput { get; init; }

    public decimal CpuTimeLimit { get; init; }

    public decimal CpuExtraTime { get; init; }

    public decimal WallTimeLimit { get; init; }

    public int MemoryLimit { get; init; }

    public int StackLimit { get; init; }

    public int MaxProcesses { get; init; }

    public bool PerProcessTimeLimit { get; init; }

    public bool PerProcessMemoryLimit { get; init; }

    public int MaxFileSize { get; init; }

    public int NumberOfRuns { get; init; }

    public bool RedirectStderr { get; init; }

    public bool EnableNetwork { get; init; }

    public byte[]? AdditionalFiles { get; init; }

    public string? CallbackUrl { get; init; }

    /// <summary>Runs made of it: none is counted when it is kept.</summary>
    [JsonIgnore]
    public bool MultiFile => LanguageId == Judge0Language.MultiFile;
}
