namespace Gavel.Queue;

/// <summary>A queue priority. Lower values are served first, with a guard against starvation of the others.</summary>
public enum Lane
{
    /// <summary>Submissions in a running contest.</summary>
    Contest = 0,

    /// <summary>Runs: somebody waits for the output.</summary>
    Run = 1,

    /// <summary>Practice submissions.</summary>
    Practice = 2,

    /// <summary>Rejudges.</summary>
    Rejudge = 3,
}
