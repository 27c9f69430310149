using Gavel.Judging.Verification;
using Spectre.Console;

namespace Gavel.Cli.Output;

/// <summary>Shows how far verifications are: a bar for each on a terminal, a line per step in a pipe.</summary>
internal static class VerificationProgressView
{
    /// <summary>Runs <paramref name="work"/>, which asks for the view of each package by its name.</summary>
    public static async Task ShowAsync(Terminal terminal, Func<Func<string, IProgress<VerificationProgress>>, Task> work)
    {
        if (!terminal.Interactive)
        {
            var gate = new Lock();
            await work(slug => new Lines(terminal, slug, gate));
            return;
        }

        await terminal.Error.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => work(slug => new Bar(context.AddTask(slug.EscapeMarkup()), slug)));
    }

    private sealed class Lines(Terminal terminal, string slug, Lock gate) : IProgress<VerificationProgress>
    {
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
