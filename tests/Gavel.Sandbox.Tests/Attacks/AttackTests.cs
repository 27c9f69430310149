using System.Text;
using Gavel.Testing;
using static Gavel.Sandbox.Tests.RunTests;

namespace Gavel.Sandbox.Tests.Attacks;

/// <summary>Every attack of the table: reported as it should be, nothing gained, nothing left.</summary>
public sealed class AttackTests(SandboxFixture fixture, Guest guest)
{
    private static readonly Attack[] Table = [.. AttackTable.All];

    public static TheoryData<int, string> Attacks => new(Table.Select((attack, index) => (index, attack.Name)));

    [Fact]
    public void There_are_at_least_a_hundred_attacks() => Assert.True(Table.Length >= 100, $"{Table.Length}");

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task An_attack_is_contained(int index, string name)
    {
        var attack = Table[index];
        Assert.Equal(name, attack.Name);
        if (attack.Script is { } script)
            Prerequisite.Require(File.Exists(script.Interpreter), script.Interpreter);
        if (Unmet.Reason(attack, fixture.Sandbox.Facts) is { } reason)
            Assert.Skip(reason);
        var cancellation = TestContext.Current.CancellationToken;
        await using var cell = await fixture.Sandbox.RentAsync(guest.Options, cancellation);
        var clean = Text((await cell.RunAsync(Guest.Command("audit"), cancellation)).Output);

        var report = await cell.RunAsync(Request(attack), cancellation);

        var shown = $"{report}\nstdout: {Shorten(Text(report.Output))}\nstderr: {Shorten(Text(report.ErrorOutput))}\nrefused: {string.Join(' ', report.RefusedActs)}";
        Assert.DoesNotContain("ESCAPED", Text(report.Output), StringComparison.Ordinal);
        Assert.True(attack.Causes.Contains(report.Cause), shown);
        Assert.True(report.Cause is not TerminationCause.Exited || attack.ExitCode is null || report.ExitCode == attack.ExitCode, shown);
        Assert.True(report.Cause is not TerminationCause.Signalled || attack.Signal is null || report.Signal == attack.Signal, shown);
        Assert.True(attack.Says is null || Text(report.Output).Contains(attack.Says, StringComparison.Ordinal), shown);
        Assert.Equal(attack.Refused.Order(), report.RefusedActs.Order());
        Assert.Equal(clean, await AuditAsync(cell, clean, cancellation));
    }

    // The kernel collects sockets that hold each other some time after their last owner died; until then it still lists them.
    private static async Task<string> AuditAsync(ICell cell, string clean, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var found = Text((await cell.RunAsync(Guest.Command("audit"), cancellation)).Output);
            if (found == clean || attempt == 100)
                return found;
            await Task.Delay(10, cancellation);
        }
    }

    private static RunRequest Request(Attack attack) => attack.Script switch
    {
        null => Guest.Command(attack.Name) with { Limits = attack.Limits, Input = new CellInput.Memory("input"u8.ToArray()) },
        var (interpreter, extension, text) => new()
        {
            Arguments = [interpreter, $"/w/attack{extension}"],
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
            Files = [new CellFile($"attack{extension}", null, Encoding.UTF8.GetBytes(text))],
            Limits = attack.Limits,
        },
    };

    private static string Shorten(string text) => text.Length > 1500 ? text[..1500] : text;
}
