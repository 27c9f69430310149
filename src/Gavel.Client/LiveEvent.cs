using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Gavel.Client;

/// <summary>Something that a live stream told.</summary>
public abstract record LiveEvent
{
    private LiveEvent()
    {
    }

    /// <summary>What a stream is resumed after.</summary>
    public string? Id { get; init; }

    /// <summary>The judging reached a stage.</summary>
    /// <param name="Stage"><c>queued</c>, <c>compiling</c> or <c>running</c>.</param>
    /// <param name="Testcases">The number of testcases, once it runs.</param>
    public sealed record Status(string Stage, int? Testcases) : LiveEvent;

    /// <summary>A testcase ended.</summary>
    /// <param name="Ordinal">1-based position.</param>
    /// <param name="Total">The number of testcases.</param>
    /// <param name="Name">Name in the package.</param>
    /// <param name="VerdictName">Short name of its verdict.</param>
    /// <param name="CpuTimeMs">CPU time in milliseconds.</param>
    /// <param name="PeakMemoryBytes">Peak memory in bytes.</param>
    public sealed record Testcase(int Ordinal, int Total, string Name, string VerdictName, double CpuTimeMs, long PeakMemoryBytes) : LiveEvent;

    /// <summary>It is done; nothing follows.</summary>
    /// <param name="Name">Short name: AC, WA, ...</param>
    /// <param name="Score">The points, in scoring problems.</param>
    public sealed record Verdict(string Name, double? Score) : LiveEvent;

    internal static LiveEvent? From(SseItem<string> item, JsonSerializerOptions json) => item.EventType switch
    {
        "status" when JsonSerializer.Deserialize<StatusData>(item.Data, json) is { } d => new Status(d.Status, d.Testcases) { Id = item.EventId },
        "testcase" when JsonSerializer.Deserialize<TestcaseData>(item.Data, json) is { } d =>
            new Testcase(d.Ordinal, d.Total, d.Name, d.Verdict, d.CpuTimeMs, d.PeakMemoryBytes) { Id = item.EventId },
        "verdict" when JsonSerializer.Deserialize<VerdictData>(item.Data, json) is { } d => new Verdict(d.Verdict, d.Score) { Id = item.EventId },
        _ => null,
    };

    private sealed record StatusData(string Status, int? Testcases);

    private sealed record TestcaseData(int Ordinal, int Total, string Name, string Verdict, double CpuTimeMs, long PeakMemoryBytes);

    private sealed record VerdictData(string Verdict, double? Score);
}
