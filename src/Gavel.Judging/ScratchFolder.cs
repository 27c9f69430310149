namespace Gavel.Judging;

/// <summary>A folder for temporary files below the judge's cache folder, gone when disposed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    internal ScratchFolder(string cacheFolder)
    {
        Path = System.IO.Path.Combine(cacheFolder, "scratch", Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(Path);
    }

    internal string Path { get; }

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Delete(Path);

    /// <summary>Deletes a folder and what is in it, as far as that is possible.</summary>
    internal static void Delete(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
        }
        catch (IOException)
        {
            // Leftovers below scratch/ cost disk space, not correctness; they are swept when the judge starts.
        }
    }
}
