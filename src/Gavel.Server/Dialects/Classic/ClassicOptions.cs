using System.ComponentModel.DataAnnotations;

namespace Gavel.Server.Dialects.Classic;

/// <summary>The classic dialect: <c>/execute</c> with <c>/result</c>, and <c>/submission</c>.</summary>
public sealed class ClassicOptions
{
    /// <summary>False takes the dialect away.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Below which path the dialect lives; empty for the root.</summary>
    [Required(AllowEmptyStrings = true)]
    public string Path { get; set; } = "";
}
