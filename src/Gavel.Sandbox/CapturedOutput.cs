namespace Gavel.Sandbox;

/// <summary>What a program wrote to standard output or standard error, up to the limit.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="Truncated">True when the program wrote more than is kept.</param>
public sealed record CapturedOutput(ReadOnlyMemory<byte> Content, bool Truncated)
{
    /// <summary>Nothing was written.</summary>
    public static readonly CapturedOutput Nothing = new(default, false);
}
