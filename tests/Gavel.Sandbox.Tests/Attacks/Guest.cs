using System.Diagnostics;
using Gavel.Testing;

[assembly: AssemblyFixture(typeof(Gavel.Sandbox.Tests.Attacks.Guest))]

namespace Gavel.Sandbox.Tests.Attacks;

/// <summary>The attacking program, compiled once from tests/Gavel.Sandbox.Guest.</summary>
public sealed class Guest : IAsyncLifetime
{
    private string _folder = "";

    /// <summary>A cell that shows the guest at <c>/app/guest</c>.</summary>
    public CellOptions Options => new() { Mounts = [new CellMount(_folder, "/app")] };

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _folder = Directory.CreateTempSubdirectory("gavel-guest-").FullName;
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        var sources = string.Join(' ', Directory.GetFiles(Path.Combine(Repository.Root, "tests/Gavel.Sandbox.Guest"), "*.c"));
        using var compiler = Process.Start("gcc", $"-O1 -static -w -pthread -o {_folder}/guest {sources}");
        await compiler.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, compiler.ExitCode);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A run of one of the guest's sub-commands.</summary>
    public static RunRequest Command(params string[] arguments) => new() { Arguments = ["/app/guest", .. arguments] };
}
