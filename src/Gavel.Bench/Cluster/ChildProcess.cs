using System.Diagnostics;

namespace Gavel.Bench.Cluster;

/// <summary>
/// A process of a local cluster: its output goes to a file, it can be killed and started again, and its id is on disk with its start time, so that
/// a later run finds what a killed one left.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Func<ProcessStartInfo> _start;
    private readonly Func<CancellationToken, Task<bool>> _answers;
    private Process? _process;

    /// <summary>Describes a process; nothing is started yet.</summary>
    /// <param name="name">Unique in the cluster; names the files.</param>
    /// <param name="folder">The cluster's folder: logs and process ids are kept there.</param>
    /// <param name="start">What to start.</param>
    /// <param name="answers">True once it is ready.</param>
    public ChildProcess(string name, string folder, Func<ProcessStartInfo> start, Func<CancellationToken, Task<bool>> answers)
    {
        Name = name;
        _folder = folder;
        _start = start;
        _answers = answers;
        Directory.CreateDirectory(Path.Combine(folder, "pids"));
        Directory.CreateDirectory(Path.Combine(folder, "logs"));
    }

    /// <summary>Its name in the cluster.</summary>
    public string Name { get; }

    /// <summary>Where its output goes.</summary>
    public string Log => Path.Combine(_folder, "logs", $"{Name}.log");

    /// <summary>True while it runs.</summary>
    public bool Runs => _process is { HasExited: false };

    private string IdFile => Path.Combine(_folder, "pids", Name);

    /// <summary>Starts it.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var start = _start();
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        await File.WriteAllTextAsync(IdFile, $"{_process.Id} {StartTime(_process.Id)}", cancellation);
        Keep(_process.StandardOutput);
        Keep(_process.StandardError);
    }

    /// <summary>Waits until it is ready.</summary>
    /// <exception cref="ClusterException">It ended, or took too long; the message has the end of its log.</exception>
    public async Task ReadyAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var started = Stopwatch.StartNew();
        while (!await _answers(cancellation))
        {
            if (!Runs)
                throw new ClusterException($"{Name} ended while starting:\n{Tail()}");
            if (started.Elapsed > patience)
                throw new ClusterException($"{Name} was not ready after {patience.TotalSeconds:0} s:\n{Tail()}");

            await Task.Delay(100, cancellation);
        }
    }

    /// <summary>kill -9, of what it started too.</summary>
    public void Kill()
    {
        if (_process is not { HasExited: false } running)
            return;

        running.Kill(entireProcessTree: true);
        running.WaitForExit();
    }

    /// <summary>SIGTERM, and kill -9 if that does not end it in time.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (_process is not { HasExited: false } running)
            return;

        using (var term = Process.Start("kill", ["-TERM", $"{running.Id}"]))
            await term.WaitForExitAsync();
        try
        {
            await running.WaitForExitAsync().WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            Kill();
        }

        File.Delete(IdFile);
    }

    /// <summary>Kills what an earlier run left in a folder: only processes that are still the ones whose ids were kept.</summary>
    /// <returns>How many there were.</returns>
    public static int KillLeftovers(string folder)
    {
        var ids = Path.Combine(folder, "pids");
        var killed = 0;
        foreach (var file in Directory.Exists(ids) ? Directory.GetFiles(ids) : [])
        {
            if (File.ReadAllText(file).Split(' ') is [var id, var time] && int.TryParse(id, out var pid) && StartTime(pid) == time)
            {
                try
                {
                    Process.GetProcessById(pid).Kill(entireProcessTree: true);
                    killed++;
                }
                catch (ArgumentException)
                {
                    // It ended meanwhile.
                }
            }

            File.Delete(file);
        }

        return killed;
    }

    /// <summary>The last lines of its output.</summary>
    public string Tail() => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(15)) : "";

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Kill();
        _process?.Dispose();
        File.Delete(IdFile);
        return ValueTask.CompletedTask;
    }

    /// <summary>Field 22 of /proc/PID/stat, proc(5): together with the id it names one process. Empty when there is none.</summary>
    private static string StartTime(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (IOException)
        {
            return "";
        }
    }

    private void Keep(StreamReader output) => _ = Task.Run(async () =>
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (_folder)
                File.AppendAllText(Log, line + "\n");
        }
    });
}

/// <summary>A local cluster cannot be had; the message says why.</summary>
public sealed class ClusterException(string message) : Exception(message);
