[assembly: AssemblyFixture(typeof(Gavel.Sandbox.Tests.SandboxFixture))]

namespace Gavel.Sandbox.Tests;

/// <summary>One sandbox for all tests, and how they run a command in it.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    /// <summary>The sandbox.</summary>
    public CellSandbox Sandbox { get; private set; } = null!;

    /// <summary>True when these tests do not run as root.</summary>
    public bool IsRootless => Sandbox.Facts.OneUser;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() =>
        Sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = 2 }, TestContext.Current.CancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();

    /// <summary>Runs one command in a fresh cell.</summary>
    public async Task<ExecutionReport> RunAsync(RunRequest request, CellOptions? options = null)
    {
        await using var cell = await Sandbox.RentAsync(options ?? new CellOptions(), TestContext.Current.CancellationToken);
        return await cell.RunAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a line of shell in a fresh cell.</summary>
    public Task<ExecutionReport> ShellAsync(string line, RunLimits? limits = null, CellInput? input = null) =>
        RunAsync(Shell(line) with { Limits = limits ?? new RunLimits(), Input = input ?? CellInput.Empty });

    /// <summary>A request that runs a line of shell.</summary>
    public static RunRequest Shell(string line) => new()
    {
        Arguments = ["/bin/sh", "-c", line],
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
    };
}
