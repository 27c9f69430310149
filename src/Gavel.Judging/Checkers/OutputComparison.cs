using Gavel.Sandbox;

namespace Gavel.Judging.Checkers;

/// <summary>
/// A checker that runs inside the judge and is fed the output while the program writes it. Works in constant memory, whatever the sizes of output and answer.
/// Serves one output.
/// </summary>
public abstract class OutputComparison : IOutputSink, IDisposable
{
    private CheckResult? _decision;

    /// <summary>True once what the output is is known; what follows is ignored.</summary>
    public bool IsDecided => _decision is not null;

    /// <inheritdoc />
    public void Write(ReadOnlySpan<byte> piece)
    {
        if (!IsDecided && !piece.IsEmpty)
            Compare(piece);
    }

    /// <summary>The output ended: what does the checker say?</summary>
    public CheckResult Finish()
    {
        if (!IsDecided)
            CompareEnd();

        return _decision ?? CheckResult.Accepted;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes the next piece of output, never empty.</summary>
    protected abstract void Compare(ReadOnlySpan<byte> piece);

    /// <summary>Takes the end of the output.</summary>
    protected abstract void CompareEnd();

    /// <summary>Decides that the output is wrong.</summary>
    protected void Reject(string judgeMessage) => _decision ??= CheckResult.Wrong(judgeMessage);

    /// <summary>Decides that no output can be judged, because the judge answer is malformed.</summary>
    protected void Fail(string judgeMessage) => _decision ??= CheckResult.Failed(judgeMessage);

    /// <summary>Decides that the output is right, with a score.</summary>
    protected void Score(double score) => _decision ??= CheckResult.Accepted with { Score = score };

    /// <summary>Decides that the output is right in part.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="judgeMessage">For judges.</param>
    protected void Share(double share, string judgeMessage) => _decision ??= CheckResult.Accepted with { ScoreMultiplier = share, JudgeMessage = judgeMessage };

    /// <summary>Frees what the comparison holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
