using System.IO.Compression;
using Gavel.Core.Judgings;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>Unpacks the zip of additional files, in memory and within bounds; what leads out of the folder is left out.</summary>
internal static class Judge0Archive
{
    private const int MostEntries = 1000;

    /// <summary>The files; null when it is not a zip or too large.</summary>
    public static IReadOnlyList<SourceFile>? Read(byte[] zip)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries)
                return null;

            var files = new Dictionary<string, SourceFile>(StringComparer.Ordinal);
            var room = Judge0Bounds.ExtractSize * 1024;
            foreach (var entry in archive.Entries.Where(e => e.Name.Length > 0))
            {
                // What the archive says about sizes is not believed.
                using var stream = entry.Open();
                var buffer = new byte[room + 1];
                var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
                if (length > room)
                    return null;

                room -= length;
                var name = entry.FullName.TrimStart('/');
                if (IsTame(name))
                    files.TryAdd(name, new SourceFile(name, buffer.AsMemory(0, length).ToArray()));
            }

            return [.. files.Values];
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or ArgumentException or EndOfStreamException or IOException)
        {
            return null;
        }
    }

    private static bool IsTame(string name) =>
        name.Length <= 200 && !name.Any(c => c is '\\' || char.IsControl(c)) && name.Split('/').All(p => p is not ("" or "." or "..") && p[0] != '-');
}
