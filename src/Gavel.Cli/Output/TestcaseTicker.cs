using Gavel.Core.Judgings;

namespace Gavel.Cli.Output;

/// <summary>One line on the terminal that tells how far a judging is.</summary>
internal sealed class TestcaseTicker(Terminal terminal) : IProgress<JudgingProgress>
{
    private readonly Lock gate = new();
    private int finished;

    public void Report(JudgingProgress value)
    {
        lock (gate)
        {
            var line = value switch
            {
                JudgingProgress.Compiling => "compiling",
                JudgingProgress.Running(var total) => $"running 0 of {total}",
                JudgingProgress.TestcaseFinished(var total, _) => $"running {++finished} of {total}",
                _ => null,
            };
            if (line is not null)
                terminal.ErrorText.Write($"\r\u001b[K{line}");
        }
    }

    public void Clear() => terminal.ErrorText.Write("\r\u001b[K");
}
