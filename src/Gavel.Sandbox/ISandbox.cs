namespace Gavel.Sandbox;

/// <summary>
/// Makes cells: places in which untrusted programs run. Capacity is the caller's business (one slot per core); renting never waits for another
/// cell to be returned, so a caller may hold two, as an interactive judging does. Cells are made ahead of time.
/// </summary>
public interface ISandbox : IAsyncDisposable
{
    /// <summary>What programs are isolated and measured by on this host.</summary>
    SandboxFacts Facts { get; }

    /// <summary>A fresh cell for one submission, one compilation or one validator: new namespaces, an empty work folder.</summary>
    /// <exception cref="SandboxException">The cell could not be made: a fault of this host, never of a program.</exception>
    ValueTask<ICell> RentAsync(CellOptions options, CancellationToken cancellation);

    /// <summary>Runs two commands at once, each in its own cell, the standard output of each connected to the standard input of the other.</summary>
    Task<PipedReport> RunPipedAsync(ICell first, RunRequest firstRequest, ICell second, RunRequest secondRequest, CancellationToken cancellation);
}

/// <summary>One sandbox. Serves one submission; runs follow one another, and nothing survives from one to the next: no process, no writable file.</summary>
public interface ICell : IAsyncDisposable
{
    /// <summary>Runs one command to its end and reports facts. Cancelling kills the command and throws <see cref="OperationCanceledException"/>.</summary>
    /// <exception cref="SandboxException">The request cannot be carried out (for example a file name that leaves the work folder).</exception>
    Task<ExecutionReport> RunAsync(RunRequest request, CancellationToken cancellation);
}
