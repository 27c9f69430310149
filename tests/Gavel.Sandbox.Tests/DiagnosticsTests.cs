using Gavel.Sandbox.Diagnostics;

namespace Gavel.Sandbox.Tests;

public sealed class DiagnosticsTests
{
    [Fact]
    public void This_host_is_fit_for_the_sandbox_that_these_tests_use() =>
        Assert.DoesNotContain(SandboxDiagnostics.Inspect(), finding => finding.Severity is FindingSeverity.Breaks);

    [Fact]
    public void A_host_without_controllers_or_namespaces_is_refused_and_told_what_to_do()
    {
        var host = new HostFacts { MissingV1Controllers = ["memory"], MaxUserNamespaces = 0, SeccompActions = "kill" };

        var broken = SandboxDiagnostics.Inspect(host).Where(finding => finding.Severity is FindingSeverity.Breaks).ToArray();

        Assert.Equal(["cgroups", "user-namespaces", "seccomp"], broken.Select(finding => finding.Name));
        Assert.All(broken.SkipLast(1), finding => Assert.NotNull(finding.Fix));
    }

    [Fact]
    public void A_user_without_rights_is_told_what_is_not_enforced()
    {
        var alone = SandboxDiagnostics.Inspect(new HostFacts { IsRoot = false });
        var delegated = SandboxDiagnostics.Inspect(new HostFacts { IsRoot = false, V2IsDelegated = true });

        Assert.DoesNotContain(alone, finding => finding.Severity is FindingSeverity.Breaks);
        Assert.Contains("not enforced: the memory of all processes", alone.Single(finding => finding.Name == "cgroups").Explanation, StringComparison.Ordinal);
        Assert.Equal(FindingSeverity.Weakens, delegated.Single(finding => finding.Name == "rights").Severity);
        Assert.Equal(FindingSeverity.Good, delegated.Single(finding => finding.Name == "cgroups").Severity);
    }

    [Fact]
    public void What_weakens_but_does_not_break_is_said_too()
    {
        var host = new HostFacts { SwapIsOn = true, LandlockVersion = 0, SmtActive = true, Governor = "powersave", Overcommit = 2, ClockSource = "hpet" };

        var weakens = SandboxDiagnostics.Inspect(host).Where(finding => finding.Severity is FindingSeverity.Weakens).Select(finding => finding.Name);

        Assert.Equal(["landlock", "swap", "overcommit", "smt", "governor", "clock"], weakens);
    }
}
