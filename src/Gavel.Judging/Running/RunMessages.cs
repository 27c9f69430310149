using System.Text;
using Gavel.Sandbox;

namespace Gavel.Judging.Running;

/// <summary>Says in words, for judges, why a run ended as it did.</summary>
internal static class RunMessages
{
    private const int ShownErrorOutput = 2000;

    /// <summary>The words; null when the program exited with 0 and there is nothing to say.</summary>
    internal static string? For(ExecutionReport run)
    {
        var words = run switch
        {
            { RefusedActs: [_, ..] } => $"tried: {string.Join(", ", run.RefusedActs)}",
            { Cause: TerminationCause.Exited, ExitCode: 0 } => null,
            { Cause: TerminationCause.Exited } => $"exit code {run.ExitCode}",
            { Cause: TerminationCause.Signalled } => $"signal {run.Signal}",
            { Cause: TerminationCause.CpuLimit } => "CPU time limit",
            { Cause: TerminationCause.WallLimit } => "wall-clock limit",
            { Cause: TerminationCause.MemoryLimit } => "memory limit",
            { Cause: TerminationCause.OutputLimit } => "output limit",
            { Cause: TerminationCause.ProcessLimit } => "process limit",
            { Cause: TerminationCause.SandboxFault } => "sandbox fault",
            _ => run.Cause.ToString(),
        };
        if (words is null)
            return null;
        if (run.Detail is { Length: > 0 } detail)
            words = $"{words}: {detail}";

        var said = Encoding.UTF8.GetString(run.ErrorOutput.Content.Span).Replace("\0", "", StringComparison.Ordinal).Trim();
        return said.Length == 0 ? words : $"{words}\n{(said.Length > ShownErrorOutput ? said[^ShownErrorOutput..] : said)}";
    }
}
