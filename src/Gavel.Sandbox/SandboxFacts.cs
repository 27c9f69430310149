using Gavel.Sandbox.Cgroups;

namespace Gavel.Sandbox;

/// <summary>What isolates and measures programs on a host: part of the circumstances of a verdict.</summary>
/// <param name="CgroupVersion"><c>v1</c>, <c>v2</c> or <c>none</c>.</param>
/// <param name="Layers">The layers that are on, outermost first, for example <c>namespaces</c>, <c>landlock</c>, <c>seccomp</c>.</param>
/// <param name="Processor">The processor's model name; empty where the kernel does not tell it.</param>
/// <param name="NotEnforced">What is not enforced here that a complete sandbox enforces; empty with root or a cgroup of our own.</param>
public sealed record SandboxFacts(string CgroupVersion, IReadOnlyList<string> Layers, string Processor, IReadOnlyList<string> NotEnforced)
{
    /// <summary>True when programs run as Gavel's own user, who is not root: no other could be mapped.</summary>
    public bool OneUser { get; init; }

    internal static SandboxFacts Read(CgroupSpace cgroups, bool landlock, bool filter)
    {
        string[] layers =
        [
            "namespaces", "read-only root", .. cgroups.Limits ? ["cgroup"] : Array.Empty<string>(), "rlimits", "no capabilities",
            .. landlock ? ["landlock"] : Array.Empty<string>(),
            .. filter ? ["seccomp"] : Array.Empty<string>(),
        ];
        return new(cgroups switch { { Limits: false } => "none", { IsV2: true } => "v2", _ => "v1" }, layers, ProcessorName(), cgroups.Limits ? [] : NoCgroup.NotEnforced) { OneUser = Cells.SlotUsers.Rootless };
    }

    private static string ProcessorName()
    {
        const string cpuInfo = "/proc/cpuinfo";
        var line = File.Exists(cpuInfo) ? File.ReadLines(cpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "";
    }
}
