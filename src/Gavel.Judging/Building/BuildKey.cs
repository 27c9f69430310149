using System.Security.Cryptography;
using System.Text;
using Gavel.Core.Judgings;

namespace Gavel.Judging.Building;

/// <summary>Hashes what goes into a build. Each part carries its length, so that no two lists of parts read the same.</summary>
internal sealed class BuildKey : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    internal static string Of(string kind, IEnumerable<SourceFile> files)
    {
        using var key = new BuildKey();
        return key.Add(kind).Add(files).ToHex();
    }

    internal BuildKey Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    internal BuildKey Add(IEnumerable<string> texts) => texts.Aggregate(this, (key, text) => key.Add(text)).Add("");

    internal BuildKey Add(IEnumerable<SourceFile> files) => files.Aggregate(this, (key, file) => key.Add(file.Name).Add(file.Content.Span)).Add("");

    internal string ToHex() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private BuildKey Add(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(BitConverter.GetBytes(bytes.Length));
        _hash.AppendData(bytes);
        return this;
    }
}
