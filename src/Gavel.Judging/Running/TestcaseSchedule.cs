using Gavel.Core;
using Gavel.Core.Grading;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Judging.Running;

/// <summary>Hands out the testcases of one judging in order, collects what they came to, and grades. Thread-safe; several runners may pull from it.</summary>
/// <remarks>
/// Testcases run side by side, so a later one may end before an earlier one. The grading tree is asked again after every result: testcases that have become
/// pointless are cancelled when they run, and skipped when they wait. The outcome does not depend on the order in which they ended: what turns out not to have
/// been needed counts as skipped even when it had been run.
/// </remarks>
internal sealed class TestcaseSchedule(IReadOnlyList<Testcase> testcases, GradingTree grading, bool runAll, CancellationToken cancellation) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly CaseRun?[] _results = new CaseRun?[testcases.Count];
    private readonly bool[] _taken = new bool[testcases.Count];
    private readonly Dictionary<int, CancellationTokenSource> _running = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal IReadOnlyList<Testcase> Testcases => testcases;

    /// <summary>The next testcase to run, with what cancels it. Waits while all that is left depends on testcases that still run; null when nothing is left.</summary>
    internal async Task<(int Index, CancellationToken Pointless)?> TakeAsync()
    {
        while (true)
        {
            Task changed;
            await _gate.WaitAsync(cancellation);
            try
            {
                var waiting = Enumerable.Range(0, testcases.Count).Where(i => !_taken[i] && IsWanted(i)).ToList();
                if (waiting is [])
                    return null;

                // Nothing runs and nothing is ready: requirements that cannot be known any more must not stop the judging.
                var next = waiting.FindIndex(i => grading.IsReady(testcases[i].Name));
                if (next >= 0 || _running.Count == 0)
                    return Take(waiting[Math.Max(next, 0)]);

                changed = _changed.Task;
            }
            finally
            {
                _gate.Release();
            }

            await changed.WaitAsync(cancellation);
        }
    }

    /// <summary>True when some testcase may still have to be handed out; only a hint.</summary>
    internal bool MayHaveMore => Array.Exists(_taken, taken => !taken);

    /// <summary>Takes what a testcase came to; null when it was cancelled because it had become pointless. True when the result counts.</summary>
    internal async Task<bool> CompleteAsync(int index, CaseRun? run)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            _running.Remove(index, out var own);
            own?.Dispose();
            var counts = run is not null && IsWanted(index);
            if (counts)
            {
                _results[index] = run;
                await grading.RecordAsync(testcases[index].Name, new(run!.Result.Verdict, run.Score, run.ScoreMultiplier), cancellation);
                foreach (var (other, source) in _running)
                    if (!IsWanted(other))
                        await source.CancelAsync();
            }

            var changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
            return counts;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The results, once every runner came back: one entry for every testcase.</summary>
    internal IReadOnlyList<TestcaseResult> Results() =>
        [.. testcases.Select((testcase, index) => _results[index] is { } run && IsWanted(index) ? run.Result : Skipped(index, testcase))];

    public void Dispose()
    {
        foreach (var source in _running.Values)
            source.Dispose();
        _gate.Dispose();
    }

    private bool IsWanted(int index) => runAll || grading.IsNeeded(testcases[index].Name);

    private (int Index, CancellationToken Pointless) Take(int index)
    {
        _taken[index] = true;
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _running.Add(index, source);
        return (index, source.Token);
    }

    private static TestcaseResult Skipped(int index, Testcase testcase) =>
        new(index + 1, testcase.Name, Verdict.Skipped, TimeSpan.Zero, TimeSpan.Zero, Bytes.Zero) { Sample = testcase.Sample };
}

/// <summary>What one testcase came to, with what the grading needs besides.</summary>
/// <param name="Result">The result.</param>
/// <param name="Score">What the validator wrote into score.txt.</param>
/// <param name="ScoreMultiplier">What the validator wrote into score_multiplier.txt.</param>
internal sealed record CaseRun(TestcaseResult Result, double? Score, double? ScoreMultiplier);
