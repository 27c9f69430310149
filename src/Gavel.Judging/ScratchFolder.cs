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

    public void Dispose()
    {
        try
        {
            if (Directory.Exists(Path))
                Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // Leftovers below scratch/ cost disk space, not correctness; they are swept when the judge starts.
        }
    }
}
