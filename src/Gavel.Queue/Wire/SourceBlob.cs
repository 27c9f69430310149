using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Gavel.Core.Judgings;

namespace Gavel.Queue.Wire;

/// <summary>
/// The source files of a submission or run as one value: a format byte (0 plain, 1 Brotli), the plain length (4 bytes), then for each file
/// the length of its name, the name, the length of its content, the content. Lengths are 32-bit little-endian. What the author chose about the building
/// comes first, as JSON in a file without a name (no source file is without), where something was chosen.
/// </summary>
public static class SourceBlob
{
    private const int Header = 5;
    private const int MostPlainBytes = 256 * 1024 * 1024;

    /// <summary>Packs the files, compressed when that makes them smaller.</summary>
    /// <param name="files">The files; each has a name.</param>
    /// <param name="build">What the author chose; null for nothing.</param>
    public static byte[] Pack(IReadOnlyList<SourceFile> files, BuildChoice? build = null)
    {
        if (build is not null)
            files = [new SourceFile("", JudgeJson.Write(build)), .. files];

        var length = files.Sum(f => 8 + Encoding.UTF8.GetByteCount(f.Name) + f.Content.Length);
        var plain = ArrayPool<byte>.Shared.Rent(length);
        var packed = ArrayPool<byte>.Shared.Rent(Header + length);
        try
        {
            var rest = plain.AsSpan(0, length);
            foreach (var file in files)
            {
                var nameLength = Encoding.UTF8.GetBytes(file.Name, rest[4..]);
                BinaryPrimitives.WriteInt32LittleEndian(rest, nameLength);
                rest = rest[(4 + nameLength)..];
                BinaryPrimitives.WriteInt32LittleEndian(rest, file.Content.Length);
                file.Content.Span.CopyTo(rest[4..]);
                rest = rest[(4 + file.Content.Length)..];
            }

            // Quality 1: about 4 times smaller for source code at a tenth of the cost of the default. A window that is no larger than the text:
            // what the encoder would clear and give back otherwise is half the cost for a small program.
            var window = Math.Clamp(BitOperations.Log2((uint)length) + 1, 10, 18);
            var compressed = BrotliEncoder.TryCompress(plain.AsSpan(0, length), packed.AsSpan(Header, length), out var written, quality: 1, window);
            if (!compressed)
                plain.AsSpan(0, length).CopyTo(packed.AsSpan(Header));

            packed[0] = compressed ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(1), length);
            return packed.AsSpan(0, Header + (compressed ? written : length)).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>Unpacks the files of what <see cref="Pack"/> packed.</summary>
    /// <exception cref="InvalidDataException">It is not such a value, or it is damaged.</exception>
    public static IReadOnlyList<SourceFile> Unpack(ReadOnlyMemory<byte> packed) => Unpack(packed, out _);

    /// <summary>Unpacks what <see cref="Pack"/> packed.</summary>
    /// <exception cref="InvalidDataException">It is not such a value, or it is damaged.</exception>
    public static IReadOnlyList<SourceFile> Unpack(ReadOnlyMemory<byte> packed, out BuildChoice? build)
    {
        build = null;
        var plain = Decompress(packed.Span);
        var files = new List<SourceFile>();
        for (var at = 0; at < plain.Length;)
        {
            var name = Encoding.UTF8.GetString(Take(plain, ref at).Span);
            var content = Take(plain, ref at);
            if (name.Length > 0)
                files.Add(new SourceFile(name, content));
            else
                build = ReadBuild(content.Span);
        }

        return files;
    }

    private static BuildChoice ReadBuild(ReadOnlySpan<byte> json)
    {
        try
        {
            return JudgeJson.Read<BuildChoice>(json) is { CompilerFlags: not null } build
                ? build
                : throw new InvalidDataException("A packed source has no list of compiler flags.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("A packed source has a build choice that cannot be read.", error);
        }
    }

    private static byte[] Decompress(ReadOnlySpan<byte> packed)
    {
        if (packed.Length < Header)
            throw new InvalidDataException("A packed source is at least five bytes long.");

        var length = BinaryPrimitives.ReadInt32LittleEndian(packed[1..]);
        if (length is < 0 or > MostPlainBytes)
            throw new InvalidDataException($"A packed source claims to be {length} bytes long.");

        var body = packed[Header..];
        if (packed[0] == 0 && body.Length == length)
            return body.ToArray();

        var plain = new byte[length];
        return packed[0] == 1 && BrotliDecoder.TryDecompress(body, plain, out var written) && written == length
            ? plain
            : throw new InvalidDataException("A packed source is damaged.");
    }

    private static ReadOnlyMemory<byte> Take(byte[] plain, ref int at)
    {
        if (plain.Length - at < 4)
            throw new InvalidDataException("A packed source ends within a length.");

        var length = BinaryPrimitives.ReadInt32LittleEndian(plain.AsSpan(at));
        if (length < 0 || length > plain.Length - at - 4)
            throw new InvalidDataException("A packed source ends within a file.");

        var part = plain.AsMemory(at + 4, length);
        at += 4 + length;
        return part;
    }
}
