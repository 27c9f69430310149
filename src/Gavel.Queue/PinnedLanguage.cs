namespace Gavel.Queue;

/// <summary>
/// How a job is kept for one worker: it waits under a language of that worker's own, <c>python3@worker</c>, which nobody else asks for. Only the queue
/// sees such names.
/// </summary>
public static class PinnedLanguage
{
    private const char Separator = '@';

    /// <summary>The name under which a job for one worker waits.</summary>
    public static string For(string language, string worker) => $"{language}{Separator}{worker}";

    /// <summary>The language behind a name of the queue.</summary>
    public static string Plain(string queued) => queued.IndexOf(Separator, StringComparison.Ordinal) is >= 0 and var at ? queued[..at] : queued;
}
