namespace Gavel.Sandbox;

/// <summary>Receives a program's standard output while it runs, in constant memory.</summary>
public interface IOutputSink
{
    /// <summary>Called on the cell's own thread for every piece that was read, in order, never at the same time twice.</summary>
    void Write(ReadOnlySpan<byte> piece);
}
