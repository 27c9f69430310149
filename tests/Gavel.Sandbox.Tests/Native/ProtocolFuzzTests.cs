using System.Diagnostics;
using Gavel.Sandbox.Cells;
using Gavel.Sandbox.Cgroups;
using Gavel.Sandbox.Protocol;
using Gavel.Testing;
using Microsoft.Win32.SafeHandles;
using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox.Tests.Native;

/// <summary>
/// Random, truncated, reordered and oversized messages with wrong descriptors, to real processes of a real cell, built with the sanitizers: whatever
/// arrives, the process answers or ends, nothing hangs once the sockets are closed, and nothing stays behind.
/// </summary>
[Collection(Alone.Name)]
public sealed class ProtocolFuzzTests
{
    private const int Rounds = 120;

    [Fact]
    public async Task Whatever_arrives_on_a_control_socket_nothing_hangs_and_nothing_is_left()
    {
        Assert.SkipWhen(Attacks.Unmet.UserModeLinux, "User-mode Linux has no room for the shadow memory of the address sanitizer.");
        var folder = Directory.CreateTempSubdirectory("gavel-fuzz-").FullName;
        var seen = $"{folder}/seen";
        await File.WriteAllBytesAsync(seen, new byte[4096], TestContext.Current.CancellationToken);
        var cell = Path.Combine(Repository.Root, "src/Gavel.Sandbox/cell");
        var witness = Path.Combine(Repository.Root, "tests/Gavel.Sandbox.Tests/Native/witness.c");
        using var compiler = Process.Start("gcc", $"-O1 -g -std=gnu17 -fsanitize=address,undefined -fno-sanitize-recover=all -static-libasan -static-libubsan -DSEEN=\"{seen}\" -o {folder}/cell {witness} {string.Join(' ', Directory.GetFiles(cell, "*.c"))}");
        await compiler.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, compiler.ExitCode);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var (mounts, descriptors) = (Mounts(), Descriptors());
        using var space = SlotUsers.Rootless ? CgroupSpace.ClaimDelegated() : CgroupSpace.Claim();

        for (var round = 0; round < Rounds; round++)
        {
            using var victim = new FuzzedCell($"{folder}/cell", space, round);
            var socket = victim.Reach((FuzzedCell.Stage)(round % 4));
            for (var count = random.Next(1, 6); count > 0; count--)
                Throw(random, socket);
            victim.Listen(random.Next(0, 50));
            Assert.True(await victim.EndAsync(), $"Seed {seed}, round {round}: something of the cell is left.");
        }

        var bytes = await File.ReadAllBytesAsync(seen, TestContext.Current.CancellationToken);
        Assert.True(bytes[0] == 1, "The sanitized cell never ran.");
        Assert.True(bytes[1] == 0, $"Seed {seed}: a sanitizer ended a process.");
        Assert.Equal(mounts, Mounts());
        Assert.InRange(Descriptors(), 0, descriptors + space.Folders.Count + 8);
        Directory.Delete(folder, recursive: true);
    }

    private static int Mounts() => File.ReadAllLines("/proc/self/mountinfo").Length;

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    private static void Throw(Random random, SafeFileHandle socket)
    {
        var packet = Packet(random);
        var descriptors = Enumerable.Range(0, random.Next(3) == 0 ? random.Next(9) : random.Next(3)).Select(_ => Descriptor(random)).ToArray();
        try
        {
            Send(socket, packet, [.. descriptors.Select(Fd)]);
        }
        catch (SandboxException)
        {
            // Too long for the socket itself.
        }

        foreach (var descriptor in descriptors)
            descriptor.Dispose();
    }

    private static byte[] Packet(Random random)
    {
        var packet = Valid(random);
        switch (random.Next(6))
        {
            case 0: // out of order, but well-formed
                break;
            case 1:
                packet = packet[..random.Next(packet.Length)];
                break;
            case 2:
                packet = new byte[random.Next(200) + (random.Next(8) == 0 ? Messages.MaximumLength : 0)];
                random.NextBytes(packet);
                break;
            default:
                for (var change = random.Next(1, 5); change > 0; change--)
                    packet[random.Next(packet.Length)] = (byte)(random.Next(2) == 0 ? random.Next(12) : random.Next(256));
                break;
        }

        return packet.Length == 0 ? [0] : packet; // an empty packet is how the kernel says that we are gone
    }

    private static byte[] Valid(Random random) => (MessageType)random.Next(1, 11) switch
    {
        MessageType.SetUp => Messages.SetUp(SlotUsers.For(1), Layers.All, Policy.SystemCallPolicy.Filter, Policy.RootLayout.Operations()),
        MessageType.Cell => Messages.WithSize(MessageType.Cell, CellSandbox.DefaultWorkSize),
        MessageType.Reset => Messages.WithSize(MessageType.Reset, random.Next(2) == 0 ? null : new WorkSize(random.NextInt64(), random.Next())),
        MessageType.Mount => Messages.Bare(MessageType.Mount, new[] { "/app", "/app/../w", "/usr", "/data/a/b/c", "/", "/proc", new string('/', 5000), "/opt/" + new string('a', 3000) }[random.Next(8)]),
        MessageType.Tree => Messages.Bare(MessageType.Tree, new[] { "/", "/root", "/proc/1/root", "", new string('x', 5000) }[random.Next(5)]),
        MessageType.Run => Messages.Run(new RunNumbers(1, 1 << 20, 64, 8 << 20), ["/bin/sh", "-c", "exit 3"], new Dictionary<string, string> { ["A"] = "B" }),
        var bare => Messages.Bare(bare),
    };

    private static SafeFileHandle Descriptor(Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                var (ours, theirs) = SocketPair();
                ours.Dispose();
                return theirs;
            case 1:
                var (read, write) = Pipe();
                write.Dispose();
                return read;
            case 2:
                return EventFd();
            case 3:
                return Open("/", O_PATH);
            case 4:
                return Open("/usr", O_DIRECTORY);
            default:
                return Open("/dev/null", O_RDWR);
        }
    }
}
