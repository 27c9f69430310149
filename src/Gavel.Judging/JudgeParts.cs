using Gavel.Core.Judgings;
using Gavel.Judging.Building;
using Gavel.Judging.Languages;
using Gavel.Judging.Validators;
using Gavel.Sandbox;

namespace Gavel.Judging;

/// <summary>What all judgings on this host share.</summary>
internal sealed class JudgeParts
{
    private static readonly string KernelRelease =
        File.Exists("/proc/sys/kernel/osrelease") ? File.ReadAllText("/proc/sys/kernel/osrelease").Trim() : Environment.OSVersion.VersionString;

    internal JudgeParts(ISandbox sandbox, LanguageTable languages, ToolchainProbe toolchains, JudgeOptions options, TimeProvider time)
    {
        Sandbox = sandbox;
        CacheFolder = Path.GetFullPath(options.CacheFolder);
        Directory.CreateDirectory(CacheFolder);
        Slots = new(options.Slots);
        var cache = new BuildCache(CacheFolder, options.CachedBuilds, Core.Bytes.FromMebibytes(options.CachedBuildsMiB), time);
        cache.Sweep();
        Builder = new(sandbox, toolchains, new(sandbox, cache, time), cache);
        Programs = new(sandbox, languages, Builder, cache);
        OutputValidators = new(sandbox, Programs);
        Graders = new(sandbox, Programs);
        StaticValidators = new(sandbox, Programs, CacheFolder);
        TimeLimits = new((request, cancellation) => new JudgingSession(this, request, null).RunAsync(cancellation), languages, CacheFolder);
    }

    internal ISandbox Sandbox { get; }

    internal string CacheFolder { get; }

    internal JudgeSlots Slots { get; }

    internal ProgramBuilder Builder { get; }

    internal JudgePrograms Programs { get; }

    internal OutputValidatorRunner OutputValidators { get; }

    internal GraderRunner Graders { get; }

    internal StaticValidatorRunner StaticValidators { get; }

    internal TimeLimits TimeLimits { get; }

    internal JudgingRecord Record(BuildFacts facts, string packageHash) =>
        new(Environment.MachineName, KernelRelease, facts.CompilerVersion, facts.CompileCommand, packageHash)
        {
            Cell = new(Sandbox.Facts.CgroupVersion, Sandbox.Facts.Layers, Sandbox.Facts.Processor),
        };
}
