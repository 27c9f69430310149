using Microsoft.Win32.SafeHandles;
using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox.Runs;

/// <summary>Opens what becomes a program's standard input. Read-only, or sealed: reopening it for writing is of no use.</summary>
internal static class RunInput
{
    internal static SafeFileHandle Open(CellInput input)
    {
        try
        {
            return input switch
            {
                CellInput.File file => Interop.Linux.Interop.Open(file.HostPath, O_RDONLY),
                CellInput.Memory { Content.IsEmpty: true } => Interop.Linux.Interop.Open("/dev/null", O_RDONLY),
                CellInput.Stream stream => stream.Feed.ForProgram,
                CellInput.Memory memory => SealedFile(memory.Content.Span),
                _ => throw new SandboxException($"Unknown input {input}."),
            };
        }
        catch (SandboxException exception) when (input is CellInput.File file)
        {
            throw new SandboxException($"The input {file.HostPath} cannot be opened.", exception);
        }
    }
}
