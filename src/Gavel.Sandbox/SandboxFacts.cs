namespace Gavel.Sandbox;

/// <summary>What isolates and measures programs on a host: part of the circumstances of a verdict.</summary>
/// <param name="CgroupVersion"><c>v1</c> or <c>v2</c>.</param>
/// <param name="Layers">The layers that are on, outermost first, for example <c>namespaces</c>, <c>landlock</c>, <c>seccomp</c>.</param>
/// <param name="Processor">The processor's model name; empty where the kernel does not tell it.</param>
public sealed record SandboxFacts(string CgroupVersion, IReadOnlyList<string> Layers, string Processor)
{
    internal static SandboxFacts Read(bool isV2, bool landlock, bool filter)
    {
        string[] layers =
        [
            "namespaces", "read-only root", "cgroup", "rlimits", "no capabilities",
            .. landlock ? ["landlock"] : Array.Empty<string>(),
            .. filter ? ["seccomp"] : Array.Empty<string>(),
        ];
        return new(isV2 ? "v2" : "v1", layers, ProcessorName());
    }

    private static string ProcessorName()
    {
        const string cpuInfo = "/proc/cpuinfo";
        var line = File.Exists(cpuInfo) ? File.ReadLines(cpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "";
    }
}
