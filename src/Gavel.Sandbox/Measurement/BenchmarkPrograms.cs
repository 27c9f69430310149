using System.Diagnostics;

namespace Gavel.Sandbox.Measurement;

/// <summary>One program of the benchmark, ready to run on the host and in a cell.</summary>
internal sealed record BenchmarkProgram(string Name, string[] HostCommand, RunRequest Request, CellOptions Options, bool IsSlow);

/// <summary>The programs that are measured, compiled for the occasion.</summary>
internal sealed class BenchmarkPrograms : IDisposable
{
    internal const string StaticName = "static C";

    private readonly string _folder;

    private BenchmarkPrograms(string folder, IReadOnlyList<BenchmarkProgram> all) => (_folder, All) = (folder, all);

    internal IReadOnlyList<BenchmarkProgram> All { get; }

    /// <summary>Where they are on the host.</summary>
    internal string Folder => _folder;

    /// <summary>Only these C programs, statically linked, under their names in <see cref="Folder"/>.</summary>
    internal static BenchmarkPrograms Compiled(params IEnumerable<(string Name, string Source)> programs)
    {
        var folder = MakeFolder();
        foreach (var (name, source) in programs)
        {
            File.WriteAllText($"{folder}/{name}.c", source);
            Compile(folder, $"-static -o {name} {name}.c");
        }

        return new(folder, []);
    }

    internal static BenchmarkPrograms Make()
    {
        var folder = MakeFolder();
        File.WriteAllText($"{folder}/a.c", "int main(void) { return 0; }\n");
        // Nothing but its start and its end: what is left is the cost of the run itself. A C library asks the processor dozens of questions (CPUID) before
        // main, each of which a virtual machine has to answer.
        File.WriteAllText($"{folder}/bare.c", "void _start(void) { __asm__ volatile(\"syscall\" : : \"a\"(231), \"D\"(0)); }\n");
        Compile(folder, "-static -nostdlib -o bare bare.c");
        Compile(folder, "-static -o static a.c");
        Compile(folder, "-o dynamic a.c");
        List<BenchmarkProgram> all =
        [
            Own("no libc", folder, "bare"),
            Own(StaticName, folder, "static"),
            Own("dynamic C", folder, "dynamic"),
        ];
        if (File.Exists("/usr/bin/python3"))
            all.Add(Installed("Python", ["/usr/bin/python3", "-c", "pass"]));
        if (File.Exists("/usr/bin/javac"))
        {
            File.WriteAllText($"{folder}/A.java", "class A { public static void main(String[] a) { } }\n");
            Run("/usr/bin/javac", folder, "A.java");
            all.Add(new("Java", ["/usr/bin/java", "-cp", folder, "A"], Request(["/usr/bin/java", "-cp", "/app", "A"]), Shown(folder), IsSlow: true));
        }

        return new(folder, all);
    }

    /// <summary>Compiles one more C program into the folder that is shown as /app.</summary>
    internal IReadOnlyList<CellMount> Add(string name, string source)
    {
        File.WriteAllText($"{_folder}/{name}.c", source);
        Run("gcc", _folder, $"-O1 -o {name} {name}.c");
        return Shown(_folder).Mounts;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("gavel-bench-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return folder;
    }

    private static BenchmarkProgram Own(string name, string folder, string file) =>
        new(name, [$"{folder}/{file}"], Request([$"/app/{file}"]), Shown(folder), IsSlow: false);

    private static BenchmarkProgram Installed(string name, string[] command) => new(name, command, Request(command), new CellOptions(), IsSlow: true);

    private static RunRequest Request(string[] command) => new() { Arguments = command, Limits = new RunLimits { MemoryBytes = 1L << 30 } };

    private static CellOptions Shown(string folder) => new() { Mounts = [new CellMount(folder, "/app")] };

    private static void Compile(string folder, string arguments) => Run("gcc", folder, $"-O2 {arguments}");

    private static void Run(string tool, string folder, string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { WorkingDirectory = folder })!;
            process.WaitForExit();
            if (process.ExitCode == 0)
                return;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Not installed: reported below.
        }

        throw new SandboxException($"'{tool} {arguments}' failed: the benchmark needs a working {tool}.");
    }
}
