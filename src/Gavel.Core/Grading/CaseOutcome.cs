using Gavel.Core.Judgings;

namespace Gavel.Core.Grading;

/// <summary>What judging one testcase came to, before any grading.</summary>
/// <param name="Verdict">The testcase's verdict.</param>
/// <param name="Score">What the validator wrote into <c>score.txt</c>; null when it wrote none.</param>
/// <param name="ScoreMultiplier">What the validator wrote into <c>score_multiplier.txt</c>; null when it wrote none.</param>
public sealed record CaseOutcome(Verdict Verdict, double? Score = null, double? ScoreMultiplier = null);

/// <summary>A verdict with a score: what a testcase or a group hands up to the group around it.</summary>
/// <param name="Verdict">The verdict; <see cref="Verdict.Skipped"/> for a group that was not judged because of what it requires.</param>
/// <param name="Score">The points; 0 where points mean nothing.</param>
public readonly record struct Grade(Verdict Verdict, double Score);
