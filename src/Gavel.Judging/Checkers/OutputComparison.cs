using Gavel.Sandbox;

namespace Gavel.Judging.Checkers;

/// <summary>
/// A checker that runs inside the judge and is fed the output while the program writes it. Works in constant memory, whatever the sizes of output and answer.
/// Serves one output.
/// </summary>
public abstract class OutputComparison : IOutputSink, IDisposable
{
    private string? _wrong;

    /// <summary>True once the output is known to be wrong; what follows is ignored.</summary>
    public bool IsWrong => _wrong is not null;

    /// <inheritdoc />
    public void Write(ReadOnlySpan<byte> piece)
    {
        if (!IsWrong && !piece.IsEmpty)
            Compare(piece);
    }

    /// <summary>The output ended: what does the checker say?</summary>
    public CheckResult Finish()
    {
        if (!IsWrong)
            CompareEnd();

        return _wrong is null ? CheckResult.Accepted : CheckResult.Wrong(_wrong);
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
    protected void Reject(string judgeMessage) => _wrong ??= judgeMessage;

    /// <summary>Frees what the comparison holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
