namespace Gavel.Bench;

/// <summary>What <see cref="CompileBench"/> found for one language. Times are medians on the wall clock, in milliseconds.</summary>
/// <param name="Language">The language.</param>
/// <param name="Plain">The commands that a person would type, as text.</param>
/// <param name="Rounds">How often each was measured.</param>
/// <param name="PlainMs">The plain commands, outside any sandbox.</param>
/// <param name="GavelMs">The judge, with a source that it never saw: compile, run, report.</param>
/// <param name="RepeatedMs">The judge, with a source that it compiled before: the build cache.</param>
/// <param name="Ratio"><paramref name="GavelMs"/> divided by <paramref name="PlainMs"/>.</param>
/// <param name="Target">The largest ratio that is good enough; null where none is set.</param>
public sealed record CompileFigures(
    string Language, string Plain, int Rounds, double PlainMs, double GavelMs, double RepeatedMs, double Ratio, double? Target)
{
    /// <summary>True when there is no target, or it is met.</summary>
    public bool Met => Target is not { } most || Ratio <= most;
}
