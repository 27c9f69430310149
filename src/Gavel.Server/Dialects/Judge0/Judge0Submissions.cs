using System.Text.Json;
using System.Text.Json.Nodes;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Server.Identity;
using Gavel.Server.Limits;
using Gavel.Server.Live;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>Creates submissions as runs of the ledger and reads them back.</summary>
internal sealed class Judge0Submissions(PostgresLedger ledger, Judge0Store store, Judge0Languages languages, Judge0Reader reader, Admission admission, Judge0Options options)
{
    /// <summary>Stores a submission; null with the messages when it is refused.</summary>
    public async Task<(Judge0Submission? Submission, JsonObject? Errors)> CreateAsync(
        Caller caller, IReadOnlyDictionary<string, JsonElement> parameters, bool base64, CancellationToken cancellation)
    {
        var (request, errors) = reader.Read(parameters, base64);
        if (request is not null && await languages.FindAsync(request.LanguageId, cancellation) is not { Archived: false })
        {
            errors["language_id"] = [Judge0Reader.Archived(request.LanguageId)];
            request = null;
        }

        if (request is null)
            return (null, new JsonObject(errors.Select(e => KeyValuePair.Create<string, JsonNode?>(e.Key, new JsonArray([.. e.Value.Select(m => (JsonNode)m)])))));

        var token = store.NewToken();
        var run = await admission.ClampAsync(Run(caller, request), cancellation) with { Callback = request.CallbackUrl is { } url ? new RunCallback(WebhookKind.Judge0, url, token) : null };
        var runs = new List<RunId>();
        for (var i = 0; i < request.NumberOfRuns; i++)
            runs.Add((await ledger.Runs.CreateAsync(run, cancellation)).Id);
        return (await store.AddAsync(token, caller, request, runs, cancellation), null);
    }

    /// <summary>True when nothing is taken: too much waits, or the tenant has used up what it may.</summary>
    public async Task<bool> IsQueueFullAsync(Caller caller, int jobs, CancellationToken cancellation) =>
        (await store.QueueAsync(cancellation)).Waiting + jobs > options.QueueSize
        || await admission.AdmitAsync(caller.Tenant, jobs, Lane.Run, cancellation) is not AdmissionOutcome.Admitted;

    /// <summary>Waits until every run of a submission is done.</summary>
    public async Task WaitAsync(Caller caller, Judge0Submission submission, CancellationToken cancellation)
    {
        foreach (var id in submission.Runs)
        {
            if (await ledger.Runs.FindAsync(caller.Tenant, id, cancellation) is { Result: null } run)
                await ledger.Events.WaitUntilDoneAsync(run.Judging, options.LongestWait, cancellation);
        }
    }

    /// <summary>The submission as it stands now.</summary>
    public async Task<Judge0View> ViewAsync(TenantId tenant, Judge0Submission submission, CancellationToken cancellation)
    {
        var runs = new List<RunDetails>();
        foreach (var id in submission.Runs)
        {
            if (await ledger.Runs.FindAsync(tenant, id, cancellation) is { } run)
                runs.Add(run);
        }

        var open = runs.FirstOrDefault(r => r.Result is null);
        var started = open is not null
            && (open != runs[0] || await ledger.Events.StageAsync(open.Judging, cancellation) != JudgingStage.Queued);
        return new Judge0View(submission, runs, started, languages);
    }

    private NewRun Run(Caller caller, Judge0Request request)
    {
        var language = languages.Find(request.LanguageId)!.Language!;
        var files = new List<SourceFile> { request.MultiFile ? MultiFileScript : new SourceFile(language.SourceName, request.SourceCode) };
        if (request.AdditionalFiles is { } zip)
            files.AddRange(Judge0Archive.Read(zip)!.Where(f => f.Name != files[0].Name));

        // Where isolate reads 0 as "no limit", the most that anybody may ask for holds.
        var cpu = request.CpuTimeLimit == 0 ? Judge0Bounds.CpuTime.Most : request.CpuTimeLimit;
        var file = Bytes.FromKibibytes(request.MaxFileSize == 0 ? (int)Judge0Bounds.FileSize.Most : request.MaxFileSize);
        return new NewRun(
            caller.Tenant, caller.User, language.Id, files, request.Stdin ?? [], Judge0Words.Split(request.CommandLineArguments ?? ""),
            new RunLimits(TimeSpan.FromSeconds((double)cpu), TimeSpan.FromSeconds((double)request.WallTimeLimit), Bytes.FromKibibytes(request.MemoryLimit), file))
        {
            Build = BuildChoice.Of(null, Judge0Words.Split(request.CompilerOptions ?? "")),
            Settings = new RunSettings
            {
                ExtraCpuTime = TimeSpan.FromSeconds((double)request.CpuExtraTime),
                Stack = request.StackLimit == 0 ? null : Bytes.FromKibibytes(request.StackLimit),
                // Judge0's default of 60 is too few for some runtimes here: who does not choose has the language's own number.
                Processes = request.MaxProcesses == (int)Judge0Bounds.Processes.Default ? null : request.MaxProcesses,
                FileSize = file,
                MergeErrorOutput = request.RedirectStderr,
            },
        };
    }

    /// <summary>
    /// What Judge0 does with the scripts of a multi-file program: compile once, with no input, then run, both in the folder with the files.
    /// A failed compilation is told in one line on standard error, which <see cref="Judge0View"/> takes for what it is.
    /// </summary>
    private static readonly SourceFile MultiFileScript = new("gavel-multi-file.sh",
        """
        cp -r "$(dirname "$0")"/. . 2>/dev/null
        for script in compile compile.sh; do
            [ -f "$script" ] || continue
            if ! bash "./$script" </dev/null >.compile-output 2>&1; then
                { echo 'gavel: the compile script failed'; cat .compile-output; } >&2
                exit 1
            fi
            break
        done
        if [ -f run ]; then exec bash ./run "$@"; else exec bash ./run.sh "$@"; fi

        """u8.ToArray());
}
