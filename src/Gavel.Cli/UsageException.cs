namespace Gavel.Cli;

/// <summary>The command was used wrongly. The message says what is wrong and how to mend it.</summary>
internal sealed class UsageException(string message) : Exception(message);
