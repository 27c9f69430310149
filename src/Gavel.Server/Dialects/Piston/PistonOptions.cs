using System.ComponentModel.DataAnnotations;

namespace Gavel.Server.Dialects.Piston;

/// <summary>The configuration of Piston that Gavel's dialect has. Values of 0 and below mean: as much as Gavel gives.</summary>
public sealed class PistonOptions
{
    /// <summary>False takes the dialect away.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Below which path the dialect lives.</summary>
    [Required]
    public string Path { get; set; } = "/api/v2/piston";

    /// <summary>True to answer below <c>/api/v2</c> too, where a Piston of one's own has it.</summary>
    public bool AtRoot { get; set; } = true;

    /// <summary>Wall time of a run, default and maximum, in milliseconds.</summary>
    public long RunTimeout { get; set; } = 3000;

    /// <summary>Wall time of a compilation, default and maximum, in milliseconds.</summary>
    public long CompileTimeout { get; set; } = 10_000;

    /// <summary>CPU time of a run, default and maximum, in milliseconds.</summary>
    public long RunCpuTime { get; set; } = 3000;

    /// <summary>CPU time of a compilation, default and maximum, in milliseconds.</summary>
    public long CompileCpuTime { get; set; } = 10_000;

    /// <summary>Memory of a run, default and maximum, in bytes.</summary>
    public long RunMemoryLimit { get; set; } = -1;

    /// <summary>Memory of a compilation, default and maximum, in bytes.</summary>
    public long CompileMemoryLimit { get; set; } = -1;

    /// <summary>What a program may write to standard output, and to standard error, in bytes. Piston has 1024, which surprises people.</summary>
    [Range(1, 1 << 26)]
    public long OutputMaxSize { get; set; } = 65_536;
}
