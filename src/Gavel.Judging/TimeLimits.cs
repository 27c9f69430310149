using System.Collections.Concurrent;
using System.Globalization;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Languages;
using Gavel.Judging.Verification;

namespace Gavel.Judging;

/// <summary>
/// Computes the time limit of packages that leave it to their submissions: the slowest accepted submission times a factor, rounded up to the resolution.
/// Computed once per package and kept in the cache folder, so that every judging on this host uses the same limit.
/// </summary>
internal sealed class TimeLimits(Func<JudgingRequest, CancellationToken, Task<JudgingResult>> judge, LanguageTable languages, string cacheFolder)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<TimeSpan>>> _known = new(StringComparer.Ordinal);

    /// <summary>The time limit, before a language's factor.</summary>
    /// <exception cref="BuildException">The package has no accepted submission that could be judged here.</exception>
    internal async Task<TimeSpan> GetAsync(Problem problem, string packageHash, CancellationToken cancellation)
    {
        var key = Key(problem, packageHash);
        var task = _known.GetOrAdd(key, _ => new(() => Task.Run(() => FindAsync(problem, key), CancellationToken.None)));
        try
        {
            return await task.Value.WaitAsync(cancellation);
        }
        catch (BuildException)
        {
            _known.TryRemove(new(key, task));
            throw;
        }
    }

    private async Task<TimeSpan> FindAsync(Problem problem, string key)
    {
        var file = Path.Combine(cacheFolder, "timelimits", key);
        if (File.Exists(file) && double.TryParse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);

        var limit = await ComputeAsync(problem);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var fresh = $"{file}.{Guid.NewGuid():n}";
        await File.WriteAllTextAsync(fresh, limit.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        File.Move(fresh, file, overwrite: true);
        return limit;
    }

    private async Task<TimeSpan> ComputeAsync(Problem problem)
    {
        List<string> failures = [];
        List<TimeSpan> times = [];
        foreach (var submission in problem.Submissions.Where(ComputedTimeLimit.BoundsFromBelow))
        {
            var (language, whyNot) = PackageLanguages.Of(languages, problem, submission);
            if (language is null)
            {
                failures.Add($"{submission.Name}: {whyNot}");
                continue;
            }

            var result = await judge(
                new()
                {
                    Problem = problem,
                    Language = language,
                    Files = PackageSources.Read(problem, submission),
                    EntryPoint = submission.EntryPoint,
                    TimeLimit = ComputedTimeLimit.Provisional,
                    RunAllTestcases = true,
                },
                CancellationToken.None);
            if (result.Verdict is Verdict.JudgeError or Verdict.CompileError || result.Testcases.Count == 0)
                failures.Add($"{submission.Name}: {result.Verdict.ShortName()} {result.JudgeErrorReason}");
            else
                times.AddRange(ComputedTimeLimit.LowerBounds(new(submission, language.Id, result, ComputedTimeLimit.Provisional * language.Limits.TimeFactor, [])));
        }

        return times is not []
            ? ComputedTimeLimit.From(problem.Limits, times)
            : throw new BuildException($"The package has no time limit, and none could be computed from its accepted submissions. {string.Join("; ", failures)}".TrimEnd());
    }

    // A folder that is judged locally has no hash; its files' names, sizes and times stand in for it.
    private static string Key(Problem problem, string packageHash)
    {
        if (packageHash.Length > 0)
            return packageHash;

        using var key = new BuildKey();
        foreach (var file in Directory.EnumerateFiles(problem.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            key.Add(file).Add(string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(file).Length} {File.GetLastWriteTimeUtc(file).Ticks}"));

        return key.ToHex();
    }
}
