using System.Diagnostics;

namespace Gavel.EndToEnd.Tests.Installation;

/// <summary>A wall clock of one installation's own, which a test may set while everything runs (clock.c, built on the spot).</summary>
internal sealed class SettableClock
{
    private readonly string _file;
    private readonly string _library;

    /// <summary>A clock that shows the true time.</summary>
    /// <param name="folder">Where it is kept; every process of the installation must be able to read it.</param>
    public SettableClock(string folder)
    {
        (_file, _library) = (Path.Combine(folder, "clock"), Path.Combine(folder, "clock.so"));
        File.WriteAllBytes(_file, new byte[sizeof(long)]);
        using var gcc = Process.Start("gcc", ["-shared", "-fPIC", "-O1", "-o", _library, Path.Combine(AppContext.BaseDirectory, "Installation", "clock.c")]);
        gcc.WaitForExit();
        Assert.Equal(0, gcc.ExitCode);
    }

    /// <summary>Moves it.</summary>
    /// <param name="ahead">Of the true time.</param>
    public void Set(TimeSpan ahead)
    {
        // In place: the processes have the file mapped.
        using var file = new FileStream(_file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(BitConverter.GetBytes((long)ahead.TotalSeconds));
    }

    /// <summary>Gives it to a process that is about to start, and to all that this starts.</summary>
    public void GiveTo(ProcessStartInfo start)
    {
        start.Environment["LD_PRELOAD"] = _library;
        start.Environment["GAVEL_TEST_CLOCK"] = _file;
    }
}
