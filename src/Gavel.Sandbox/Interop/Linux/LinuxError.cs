using System.Runtime.InteropServices;

namespace Gavel.Sandbox.Interop.Linux;

/// <summary>Turns errno into an exception that names the call.</summary>
internal static class LinuxError
{
    internal const int EPERM = 1;
    internal const int ENOENT = 2;
    internal const int ESRCH = 3;
    internal const int EINTR = 4;
    internal const int EAGAIN = 11;
    internal const int EACCES = 13;
    internal const int EBUSY = 16;
    internal const int EPIPE = 32;
    internal const int ECONNRESET = 104;

    /// <summary>The failure of the call that has just returned on this thread.</summary>
    internal static SandboxException Last(string call) => Of(call, Marshal.GetLastPInvokeError());

    /// <summary>The failure <paramref name="errno"/> of <paramref name="call"/>.</summary>
    internal static SandboxException Of(string call, int errno) =>
        new($"{call} failed: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).");
}
