using System.Text;

namespace Gavel.Packages.Reading;

/// <summary>A file of a package. <paramref name="Path"/> is relative to the package, with <c>/</c>.</summary>
internal sealed record PackageFile(string Name, string Path, string FullPath)
{
    /// <summary>The most that is read as text; test data is never read as text.</summary>
    private const int MaximumText = 4 << 20;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The extension with its dot; empty when there is none.</summary>
    public string Extension => System.IO.Path.GetExtension(Name);

    /// <summary>The name without its last extension.</summary>
    public string BaseName => System.IO.Path.GetFileNameWithoutExtension(Name);

    /// <summary>The text of the file, which must be UTF-8; otherwise an issue and null. A byte order mark is dropped and warned about.</summary>
    public string? ReadText(PackageIssues issues)
    {
        try
        {
            if (new FileInfo(FullPath).Length > MaximumText)
            {
                issues.Error(Path, null, $"Larger than the {MaximumText >> 20} MiB that a text file may have.");
                return null;
            }

            var bytes = File.ReadAllBytes(FullPath);
            var marked = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble);
            if (marked)
                issues.Warn(Path, 1, "Starts with a byte order mark; text files of a package must not.");

            return s_strict.GetString(marked ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException e)
        {
            issues.Error(Path, null, $"Not UTF-8 text (near byte {e.Index}).");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            issues.Error(Path, null, $"Cannot be read: {e.Message}");
        }

        return null;
    }
}
