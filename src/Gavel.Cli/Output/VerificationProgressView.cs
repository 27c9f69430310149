using Gavel.Judging.Verification;
using Spectre.Console;

namespace Gavel.Cli.Output;

/// <summary>Shows how far a verification is: a bar on a terminal, a line per step in a pipe.</summary>
internal static class VerificationProgressView
{
    public static async Task<VerificationReport> ShowAsync(Terminal terminal, string slug, Func<IProgress<VerificationProgress>, Task<VerificationReport>> verify)
    {
        if (!terminal.Interactive)
            return await verify(new Lines(terminal, slug));

        return await terminal.Error.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => verify(new Bar(context.AddTask(slug.EscapeMarkup()), slug)));
    }

    private sealed class Lines(Terminal terminal, string slug) : IProgress<VerificationProgress>
    {
        private readonly Lock gate = new();

        public void Report(VerificationProgress value)
        {
            if (value is not VerificationProgress.Finished(var name, var outcome, var good))
                return;
            lock (gate)
                terminal.Note($"{slug}: {name}: {outcome}{(good ? "" : " (mismatch)")}");
        }
    }

    private sealed class Bar(ProgressTask task, string slug) : IProgress<VerificationProgress>
    {
        public void Report(VerificationProgress value)
        {
            switch (value)
            {
                case VerificationProgress.Started(var steps):
                    task.MaxValue = Math.Max(1, steps);
                    break;
                case VerificationProgress.Finished(var name, var outcome, _):
                    task.Description = $"{slug.EscapeMarkup()} [grey]{name.EscapeMarkup()} {outcome.EscapeMarkup()}[/]";
                    task.Increment(1);
                    break;
            }
        }
    }
}
