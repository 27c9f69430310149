namespace Gavel.Sandbox;

/// <summary>The limits of one run. All sizes in bytes.</summary>
public sealed record RunLimits
{
    /// <summary>CPU time of all processes together.</summary>
    public TimeSpan CpuTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time on the clock.</summary>
    public TimeSpan WallTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Memory of all processes and of the files they keep in the work folder; there is no swap.</summary>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>The stack of the main thread; null means as much as memory allows.</summary>
    public long? StackBytes { get; init; }

    /// <summary>Processes and threads at the same time.</summary>
    public int Processes { get; init; } = 64;

    /// <summary>The largest file that may be written.</summary>
    public long FileSizeBytes { get; init; } = 64L << 20;

    /// <summary>All files in the work folder and <c>/tmp</c> together.</summary>
    public long WorkFolderBytes { get; init; } = 128L << 20;

    /// <summary>The number of files and folders in the work folder.</summary>
    public int WorkFolderFiles { get; init; } = 4096;

    /// <summary>Standard output; more ends the run with <see cref="TerminationCause.OutputLimit"/>.</summary>
    public long OutputBytes { get; init; } = 8L << 20;

    /// <summary>Standard error; more ends the run likewise unless <see cref="TruncateErrorOutput"/>.</summary>
    public long ErrorOutputBytes { get; init; } = 1L << 20;

    /// <summary>True to keep the first <see cref="ErrorOutputBytes"/> of standard error and drop the rest, without ending the run.</summary>
    public bool TruncateErrorOutput { get; init; } = true;

    /// <summary>File descriptors per process.</summary>
    public int OpenFiles { get; init; } = 256;
}
