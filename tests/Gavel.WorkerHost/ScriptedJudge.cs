using System.Globalization;
using System.Text;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;
using Gavel.Worker;

namespace Gavel.WorkerHost;

/// <summary>Does what the first line of the source says: <c>accept</c>, <c>sleep MILLISECONDS</c> and accept, <c>crash</c> the process, <c>fail</c>.</summary>
internal static class ScriptedJudge
{
    public static async Task<JobOutcome> ExecuteAsync(JudgeJob job, IProgress<JudgingProgress> progress, CancellationToken cancellation)
    {
        var words = Encoding.UTF8.GetString(job.Files[0].Content.Span).Trim().Split(' ');
        progress.Report(new JudgingProgress.Compiling());
        progress.Report(new JudgingProgress.Running(1));
        switch (words[0])
        {
            case "crash":
                Environment.FailFast("The source asked for it.");
                break;
            case "fail":
                return new JobOutcome.Failed("The source asked for it.");
            case "sleep":
                await Task.Delay(TimeSpan.FromMilliseconds(double.Parse(words[1], CultureInfo.InvariantCulture)), cancellation);
                break;
        }

        var testcase = new TestcaseResult(1, "secret/01", Verdict.Accepted, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), Bytes.FromMebibytes(1));
        progress.Report(new JudgingProgress.TestcaseFinished(1, testcase));
        return new JobOutcome.Judged(new JudgingResult(Verdict.Accepted, [testcase]));
    }
}
