using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Judging.Running;

/// <summary>Decides, from the results so far, whether a testcase need not be run any more. Must not change its mind once it said yes.</summary>
internal interface ISkipRule
{
    /// <summary>True when the testcase at <paramref name="index"/> cannot matter. <paramref name="results"/> has null for what has not ended.</summary>
    bool Skips(int index, IReadOnlyList<TestcaseResult?> results);
}

/// <summary>Hands out the testcases of one judging in order and collects their results. Thread-safe; several runners may pull from it.</summary>
/// <remarks>
/// Testcases run side by side, so a later one may end before an earlier one. The rule is asked again after every result: testcases that have become
/// pointless are cancelled when they run, and skipped when they wait. What has ended keeps its result.
/// </remarks>
internal sealed class TestcaseSchedule : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ISkipRule _rule;
    private readonly TestcaseResult?[] _results;
    private readonly Dictionary<int, CancellationTokenSource> _running = [];
    private readonly CancellationToken _cancellation;
    private int _next;

    internal TestcaseSchedule(IReadOnlyList<Testcase> testcases, ISkipRule rule, CancellationToken cancellation)
    {
        Testcases = testcases;
        _rule = rule;
        _results = new TestcaseResult?[testcases.Count];
        _cancellation = cancellation;
    }

    internal IReadOnlyList<Testcase> Testcases { get; }

    /// <summary>The results by testcase; complete once every runner came back.</summary>
    internal IReadOnlyList<TestcaseResult> Results => [.. _results.Select((result, index) => result ?? Skipped(index))];

    /// <summary>True while there may be something to hand out.</summary>
    internal bool HasMore
    {
        get
        {
            lock (_gate)
                return FindNext() < _results.Length;
        }
    }

    /// <summary>The next testcase to run; false when there is none left.</summary>
    internal bool TryTake(out int index, out CancellationToken token)
    {
        lock (_gate)
        {
            index = FindNext();
            token = default;
            if (index == _results.Length)
                return false;

            _next = index + 1;
            var source = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
            token = source.Token;
            _running.Add(index, source);
            return true;
        }
    }

    /// <summary>Takes a result; null when the run was cancelled because it had become pointless. Returns true when the result counts.</summary>
    internal bool Complete(int index, TestcaseResult? result)
    {
        List<CancellationTokenSource> pointless = [];
        lock (_gate)
        {
            _running.Remove(index, out var own);
            own?.Dispose();
            if (result is null || _rule.Skips(index, _results))
                return false;

            _results[index] = result;
            foreach (var (other, source) in _running)
                if (_rule.Skips(other, _results))
                    pointless.Add(source);

            // Inside the gate, so that no source is disposed of between choosing and cancelling it; the callbacks only signal.
            pointless.ForEach(source => source.Cancel());
        }

        return true;
    }

    public void Dispose()
    {
        foreach (var source in _running.Values)
            source.Dispose();
    }

    private int FindNext()
    {
        while (_next < _results.Length && _rule.Skips(_next, _results))
            _next++;

        return _next;
    }

    private TestcaseResult Skipped(int index) =>
        new(index + 1, Testcases[index].Name, Verdict.Skipped, TimeSpan.Zero, TimeSpan.Zero, Core.Bytes.Zero) { Sample = Testcases[index].Sample };
}

/// <summary>Runs everything.</summary>
internal sealed class NeverSkips : ISkipRule
{
    public bool Skips(int index, IReadOnlyList<TestcaseResult?> results) => false;
}

/// <summary>Stops at the first testcase that was not accepted.</summary>
internal sealed class StopsAtFirstFailure : ISkipRule
{
    private int _firstFailure = int.MaxValue;
    private int _seen;

    public bool Skips(int index, IReadOnlyList<TestcaseResult?> results)
    {
        // Results only ever appear; everything before _seen is known to be accepted.
        while (_seen < results.Count && results[_seen] is { Verdict: Verdict.Accepted })
            _seen++;
        for (var i = _seen; i < Math.Min(index, _firstFailure); i++)
            if (results[i] is { Verdict: not Verdict.Accepted })
                _firstFailure = i;

        return index > _firstFailure;
    }
}
