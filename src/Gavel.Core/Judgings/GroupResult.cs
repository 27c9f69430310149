namespace Gavel.Core.Judgings;

/// <summary>How one test group of a judging went.</summary>
/// <param name="Name">Path below <c>data</c>, for example <c>secret/group1</c>; empty for the whole.</param>
/// <param name="Verdict">The group's verdict; <see cref="Verdict.Skipped"/> when it was not judged.</param>
/// <param name="Score">The group's points.</param>
/// <param name="MaximumScore">The most points the group can give; null when that is not known.</param>
public sealed record GroupResult(string Name, Verdict Verdict, double Score, double? MaximumScore);
