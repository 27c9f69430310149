using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;

namespace Gavel.Server.Live;

/// <summary>What a live stream says: which kind of event, with what data, and where to resume.</summary>
internal static class LiveEvents
{
    private const string End = ".end";

    /// <summary>Data of the event <c>status</c>.</summary>
    internal sealed record StatusData(JudgingStage Status, int? Testcases = null);

    /// <summary>Data of the event <c>testcase</c>.</summary>
    internal sealed record TestcaseData(
        int Ordinal, int Total, string Name, bool Sample, string Verdict, double CpuTimeMs, double WallTimeMs, long PeakMemoryBytes, string? Message, double? Score);

    /// <summary>Data of the event <c>verdict</c>, the last one.</summary>
    internal sealed record VerdictData(string Verdict, double? Score);

    /// <summary>The id to resume after; 0 when the client starts anew or watched an earlier judging.</summary>
    public static long ResumeAfter(HttpRequest request, JudgingId judging)
    {
        var parts = LastEventId(request).Split('.');
        return parts.Length >= 2 && parts[0] == judging.Value.ToString("n") && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
    }

    /// <summary>True when the client has seen the last event of this judging: it needs no stream, and 204 stops an EventSource from asking again.</summary>
    public static bool HasSeenAll(HttpRequest request, JudgingId judging) =>
        LastEventId(request) is var id && id.StartsWith(judging.Value.ToString("n"), StringComparison.Ordinal) && id.EndsWith(End, StringComparison.Ordinal);

    /// <summary>The events of a judging for contestants' eyes: nothing that judges alone may see.</summary>
    public static async IAsyncEnumerable<SseItem<object>> StreamAsync(
        JudgingEvents events, JudgingId judging, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (id, progress) in events.StreamAsync(judging, after, cancellation))
        {
            var resume = string.Create(CultureInfo.InvariantCulture, $"{judging.Value:n}.{id}");
            yield return Map(progress) with { EventId = progress is JudgingProgress.Done ? resume + End : resume };
        }
    }

    public static SseItem<object> Map(JudgingProgress progress) => progress switch
    {
        JudgingProgress.Queued => new(new StatusData(JudgingStage.Queued), "status"),
        JudgingProgress.Compiling => new(new StatusData(JudgingStage.Compiling), "status"),
        JudgingProgress.Running(var total) => new(new StatusData(JudgingStage.Running, total), "status"),
        JudgingProgress.TestcaseFinished(var total, var t) => new(
            new TestcaseData(
                t.Ordinal, total, t.Testcase, t.Sample, t.Verdict.ShortName(), t.CpuTime.TotalMilliseconds, t.WallTime.TotalMilliseconds,
                t.PeakMemory.Count, t.TeamMessage, t.Score),
            "testcase"),
        JudgingProgress.Done(var verdict, var score) => new(new VerdictData(verdict.ShortName(), score), "verdict"),
        _ => throw new System.Diagnostics.UnreachableException($"Unmapped progress {progress}."),
    };

    /// <summary>Waits until a judging is done, or for so long. False when it is still open.</summary>
    public static async Task<bool> WaitUntilDoneAsync(this JudgingEvents events, JudgingId judging, TimeSpan longest, CancellationToken cancellation)
    {
        if (longest <= TimeSpan.Zero)
            return false;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(longest);
        try
        {
            await foreach (var step in events.StreamAsync(judging, 0, patience.Token))
                if (step.Progress is JudgingProgress.Done)
                    return true;

            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Where an open judging stands right now.</summary>
    public static async Task<JudgingStage> StageAsync(this JudgingEvents events, JudgingId judging, CancellationToken cancellation) =>
        (await events.ReadAsync(judging, 0, cancellation)) is [.., var last]
            ? last.Progress switch
            {
                JudgingProgress.Queued => JudgingStage.Queued,
                JudgingProgress.Compiling => JudgingStage.Compiling,
                JudgingProgress.Done => JudgingStage.Done,
                _ => JudgingStage.Running,
            }
            : JudgingStage.Queued;

    private static string LastEventId(HttpRequest request) =>
        request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : request.Query["lastEventId"].ToString();
}
