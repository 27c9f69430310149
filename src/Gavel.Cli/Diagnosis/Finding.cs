using Gavel.Sandbox.Diagnostics;

namespace Gavel.Cli.Diagnosis;

/// <summary>One thing that <c>gavel doctor</c> looked at.</summary>
/// <param name="Area">What it belongs to: <c>sandbox</c>, <c>languages</c>, <c>database</c>, <c>host</c>.</param>
/// <param name="Name">What was looked at, stable for programs.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was found.</param>
/// <param name="Remedy">The command that mends it; null when there is nothing to mend, or no command does.</param>
internal sealed record Finding(string Area, string Name, FindingSeverity Severity, string Message, string? Remedy = null);
