using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox.Cells;

/// <summary>
/// A process of a cell that can be kept on the processor of the thread that talks to it, so that no idle processor has to be woken for a question and its
/// answer: on virtual machines that costs more than all else that a run needs.
/// </summary>
/// <param name="process">Its id.</param>
internal sealed class Follower(int process)
{
    private int _processor = -1;

    /// <summary>Moves the process to where the calling thread is. Where that is not allowed it stays, which costs only time.</summary>
    internal void ComeHere()
    {
        var here = CurrentProcessor();
        if (here != _processor && KeepOn(process, here))
            _processor = here;
    }
}
