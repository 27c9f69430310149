namespace Gavel.Sandbox;

/// <summary>One command to run in a cell. The working folder is <c>/w</c>: writable, empty but for <see cref="Files"/>.</summary>
public sealed record RunRequest
{
    /// <summary>The command line; the first element is an absolute path in the cell.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment. Nothing is inherited.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where standard input comes from. Empty by default.</summary>
    public CellInput Input { get; init; } = CellInput.Empty;

    /// <summary>Receives standard output instead of <see cref="ExecutionReport.Output"/>; null captures it in memory. The limit holds either way.</summary>
    public IOutputSink? OutputSink { get; init; }

    /// <summary>
    /// Told about the pieces of standard output that are kept in <see cref="ExecutionReport.Output"/>, as they are read; null for nobody. In a pair, about
    /// the pieces that are passed on to the other command, each before it is passed on.
    /// </summary>
    public IOutputSink? OutputWatch { get; init; }

    /// <summary>As <see cref="OutputWatch"/>, for standard error.</summary>
    public IOutputSink? ErrorOutputWatch { get; init; }

    /// <summary>Ends the run as a SIGKILL would, and lets it report all the same.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>True to give the program one pipe for standard output and error, so that both arrive in the order in which they were written.</summary>
    public bool MergeErrorOutput { get; init; }

    /// <summary>The limits.</summary>
    public RunLimits Limits { get; init; } = new();

    /// <summary>Files put into the work folder before the start.</summary>
    public IReadOnlyList<CellFile> Files { get; init; } = [];

    /// <summary>
    /// Folders made in the work folder before the start, world-writable inside the cell (for example <c>feedback</c>).
    /// </summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>
    /// Host folder that receives what the command left in the work folder, or in <see cref="CollectFrom"/> below it. Only regular files and folders are
    /// taken, opened without following any link; anything else is skipped and named in <see cref="ExecutionReport.Uncollected"/>. Null: nothing is kept.
    /// </summary>
    public string? CollectTo { get; init; }

    /// <summary>Relative folder in the work folder that is collected; null for all of it.</summary>
    public string? CollectFrom { get; init; }

    /// <summary>
    /// For <see cref="ISandbox.RunPipedAsync"/>: when this command ends in any other way than by exiting with this code, the other command is killed
    /// at once (its report then has <see cref="ExecutionReport.EndedByPeer"/>). Null lets the other command run on.
    /// </summary>
    public int? PeerSurvivesExitCode { get; init; }
}

/// <summary>A file put into a cell's work folder.</summary>
/// <param name="Path">Relative path, <c>/</c> between segments.</param>
/// <param name="HostPath">Host file it is copied from; null when <paramref name="Content"/> is given.</param>
/// <param name="Content">Its bytes, when there is no host file.</param>
/// <param name="Executable">True to set the execute bits.</param>
public sealed record CellFile(string Path, string? HostPath, ReadOnlyMemory<byte> Content = default, bool Executable = false);

/// <summary>Where a command's standard input comes from.</summary>
public abstract record CellInput
{
    private CellInput()
    {
    }

    /// <summary>No input: end of file at once.</summary>
    public static readonly CellInput Empty = new Memory(default);

    /// <summary>A host file, opened read-only by the host and handed over as a descriptor; it never passes through managed memory.</summary>
    public sealed record File(string HostPath) : CellInput;

    /// <summary>Bytes in memory.</summary>
    public sealed record Memory(ReadOnlyMemory<byte> Content) : CellInput;

    /// <summary>What is written to the feed while the program runs.</summary>
    public sealed record Stream(InputFeed Feed) : CellInput;
}
