namespace Gavel.Core.Judgings;

/// <summary>One file of a submission or run.</summary>
/// <param name="Name">A file name relative to the source folder, with <c>/</c> between segments; no <c>..</c>, not rooted.</param>
/// <param name="Content">The bytes as they were handed in.</param>
public sealed record SourceFile(string Name, ReadOnlyMemory<byte> Content);
