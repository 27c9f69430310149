using System.Text;
using Gavel.Testing;
using static Gavel.Sandbox.Tests.RunTests;

namespace Gavel.Sandbox.Tests;

/// <summary>Ordinary toolchains run unharmed and are accused of nothing.</summary>
public sealed class ToolchainTests(SandboxFixture fixture)
{
    private static readonly RunLimits Generous = new()
    {
        CpuTime = TimeSpan.FromMinutes(5),
        WallTime = TimeSpan.FromMinutes(10),
        MemoryBytes = 2L << 30,
        WorkFolderBytes = 512L << 20,
        FileSizeBytes = 256L << 20,
        Processes = 256,
        OpenFiles = 1024,
    };

    public static TheoryData<string, string, string, string> Programs => new()
    {
        { "/usr/bin/gcc", "a.c", "#include <stdio.h>\nint main(void) { puts(\"hello\"); }", "gcc -O2 a.c -o a && ./a" },
        { "/usr/bin/gcc", "a.c", "#include <stdio.h>\nint main(void) { puts(\"hello\"); }", "gcc -O2 -static a.c -o a && ./a" },
        { "/usr/bin/g++", "a.cpp", "#include <bits/stdc++.h>\nint main() { std::thread t([] { std::cout << \"hello\\n\"; }); t.join(); }", "g++ -O2 a.cpp -o a -pthread && ./a" },
        { "/usr/bin/python3", "a.py", "import threading, subprocess, multiprocessing, json, ctypes, socket\nprint('hello')", "python3 a.py" },
        { "/usr/bin/python3", "a.py", "from multiprocessing import Pool\nimport os\nif __name__ == '__main__':\n  with Pool(2) as p: print(p.map(len, [[1]])[0] and 'hello')", "python3 a.py" },
        { "/usr/bin/node", "a.js", "console.log('hello')", "node a.js" },
        { "/usr/bin/node", "a.js", "const { Worker } = require('worker_threads'); new Worker(\"console.log('hello')\", { eval: true });", "node a.js" },
        { "/usr/bin/javac", "A.java", "class A { public static void main(String[] a) throws Exception { Thread t = new Thread(() -> System.out.println(\"hello\")); t.start(); t.join(); } }", "javac A.java && java -Xmx256m A" },
        { "/usr/bin/javac", "A.java", "class A { public static void main(String[] a) { System.out.println(\"hello\"); } }", "javac A.java && java -Xss64m -XX:+UseSerialGC A" },
        { "/usr/bin/go", "a.go", "package main\nimport \"fmt\"\nfunc main() { c := make(chan string); go func() { c <- \"hello\" }(); fmt.Println(<-c) }", "export GOCACHE=/tmp/c HOME=/tmp; go build -o a a.go && ./a" },
        { "/usr/bin/rustc", "a.rs", "fn main() { std::thread::spawn(|| println!(\"hello\")).join().unwrap(); }", "rustc -O a.rs && ./a" },
        { "/usr/bin/dotnet", "a.cs", "System.Console.WriteLine(\"hello\");", Dotnet },
        { "/usr/bin/ghc", "a.hs", "main = putStrLn \"hello\"", "HOME=/tmp ghc -O a.hs > /dev/null && ./a" },
        { "/usr/bin/fpc", "a.pas", "begin writeln('hello') end.", "fpc a.pas > /dev/null && ./a" },
        { "/usr/bin/perl", "a.pl", "print \"hello\\n\"", "perl a.pl" },
    };

    // The compiler alone, without MSBuild: as the language table does it.
    private const string Dotnet =
        """
        export DOTNET_CLI_HOME=/tmp DOTNET_NOLOGO=1
        sdk=$(ls -d /usr/share/dotnet/sdk/* /usr/lib/dotnet/sdk/* 2>/dev/null | head -1); root=$(dirname $(dirname $sdk))
        refs=$(ls $root/packs/Microsoft.NETCore.App.Ref/*/ref/*/System.Runtime.dll $root/packs/Microsoft.NETCore.App.Ref/*/ref/*/System.Console.dll | sed s/^/-r:/)
        dotnet $sdk/Roslyn/bincore/csc.dll -nologo -out:a.dll $refs a.cs
        version=$(ls $root/shared/Microsoft.NETCore.App | head -1)
        echo '{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"'$version'"}}}' > a.runtimeconfig.json
        dotnet a.dll
        """;

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_toolchain_works(string tool, string name, string source, string commands)
    {
        Prerequisite.Require(File.Exists(tool), tool);
        Assert.SkipWhen(Attacks.Unmet.UserModeLinux && tool == "/usr/bin/ghc", "GHC spins for ever in user-mode Linux, outside of a cell too.");
        var request = SandboxFixture.Shell(commands) with
        {
            Limits = Generous,
            Files = [new CellFile(name, null, Encoding.UTF8.GetBytes(source))],
        };

        var report = await fixture.RunAsync(request);

        Assert.Empty(report.RefusedActs);
        Assert.True((report.Cause, report.ExitCode) is (TerminationCause.Exited, 0), $"{report}\n{Text(report.ErrorOutput)}");
        Assert.Equal("hello\n", Text(report.Output));
    }
}
