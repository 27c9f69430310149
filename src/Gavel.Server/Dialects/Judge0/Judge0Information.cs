using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Dapper;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>What Judge0 tells about itself: languages, statuses, configuration, system, workers.</summary>
internal static class Judge0Information
{
    private const string Version = "1.13.1";

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/", () => TypedResults.Ok());
        group.MapGet("/docs", () => TypedResults.Redirect("/docs"));
        group.MapGet("/languages", async (Judge0Languages languages, CancellationToken cancellation) => Array(
            (await languages.AllAsync(cancellation)).Where(l => !l.Archived).OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => new JsonObject { ["id"] = l.Id, ["name"] = l.Name })));
        group.MapGet("/languages/all", async (Judge0Languages languages, CancellationToken cancellation) => Array(
            (await languages.AllAsync(cancellation)).OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => new JsonObject { ["id"] = l.Id, ["name"] = l.Name, ["is_archived"] = l.Archived })));
        group.MapGet("/languages/{id:int}", GetLanguage);
        group.MapGet("/statuses", () => Array(Judge0Status.All.Select(s => new JsonObject { ["id"] = s.Id, ["description"] = s.Description })));
        group.MapGet("/system_info", SystemInfo);
        group.MapGet("/config_info", (Judge0Options options) => TypedResults.Json(Configuration(options)));
        group.MapGet("/about", () => TypedResults.Json(new JsonObject
        {
            ["version"] = Version,
            ["homepage"] = "https://judge0.com",
            ["source_code"] = "https://github.com/judge0/judge0",
            ["maintainer"] = "Gavel, speaking the Judge0 dialect",
        }));
        group.MapGet("/version", () => TypedResults.Text(Version));
        group.MapGet("/isolate", () => TypedResults.Text($"Gavel cells (namespaces, cgroups, seccomp) on Linux {Environment.OSVersion.Version}\n"));
        group.MapGet("/license", () => TypedResults.Text("MIT License. This is Gavel, which speaks Judge0's protocol and contains none of its code.\n"));
        group.MapGet("/statistics", Statistics);
        group.MapGet("/workers", Workers);
    }

    private static JsonHttpResult<JsonArray> Array(IEnumerable<JsonObject> items) => TypedResults.Json(new JsonArray([.. items]));

    private static async Task<IResult> GetLanguage(int id, Judge0Languages languages, CancellationToken cancellation) => await languages.FindAsync(id, cancellation) is not { } language
        ? TypedResults.NotFound()
        : TypedResults.Json(new JsonObject
        {
            ["id"] = language.Id,
            ["name"] = language.Name,
            ["is_archived"] = language.Archived,
            ["source_file"] = language.Language?.SourceName,
            ["compile_cmd"] = language.Language is { KeepsSources: false, Compile: { Count: > 0 } compile } ? string.Join(' ', compile) : null,
            ["run_cmd"] = language.Language is { } l ? string.Join(' ', l.Run) : null,
        });

    private static JsonObject Configuration(Judge0Options options) => new()
    {
        ["maintenance_mode"] = options.Maintenance is { Length: > 0 },
        ["enable_wait_result"] = options.EnableWait,
        ["enable_compiler_options"] = options.EnableCompilerOptions,
        ["allowed_languages_for_compile_options"] = new JsonArray(),
        ["enable_command_line_arguments"] = options.EnableArguments,
        ["enable_submission_delete"] = options.EnableDelete,
        ["enable_callbacks"] = options.EnableCallbacks,
        ["callbacks_max_tries"] = options.CallbackTries,
        ["callbacks_timeout"] = options.CallbackTimeout.TotalSeconds,
        ["enable_additional_files"] = options.EnableAdditionalFiles,
        ["max_queue_size"] = options.QueueSize,
        ["cpu_time_limit"] = (double)Judge0Bounds.CpuTime.Default,
        ["cpu_extra_time"] = (double)Judge0Bounds.CpuExtraTime.Default,
        ["max_cpu_time_limit"] = (double)Judge0Bounds.CpuTime.Most,
        ["max_cpu_extra_time"] = (double)Judge0Bounds.CpuExtraTime.Most,
        ["wall_time_limit"] = (double)Judge0Bounds.WallTime.Default,
        ["max_wall_time_limit"] = (double)Judge0Bounds.WallTime.Most,
        ["memory_limit"] = (int)Judge0Bounds.Memory.Default,
        ["max_memory_limit"] = (int)Judge0Bounds.Memory.Most,
        ["stack_limit"] = (int)Judge0Bounds.Stack.Default,
        ["max_stack_limit"] = (int)Judge0Bounds.Stack.Most,
        ["max_processes_and_or_threads"] = (int)Judge0Bounds.Processes.Default,
        ["max_max_processes_and_or_threads"] = (int)Judge0Bounds.Processes.Most,
        ["enable_per_process_and_thread_time_limit"] = false,
        ["allow_enable_per_process_and_thread_time_limit"] = true,
        ["enable_per_process_and_thread_memory_limit"] = false,
        ["allow_enable_per_process_and_thread_memory_limit"] = true,
        ["max_file_size"] = (int)Judge0Bounds.FileSize.Default,
        ["max_max_file_size"] = (int)Judge0Bounds.FileSize.Most,
        ["number_of_runs"] = (int)Judge0Bounds.Runs.Default,
        ["max_number_of_runs"] = (int)Judge0Bounds.Runs.Most,
        ["redirect_stderr_to_stdout"] = false,
        ["max_extract_size"] = Judge0Bounds.ExtractSize,
        ["enable_batched_submissions"] = options.EnableBatch,
        ["max_submission_batch_size"] = options.BatchSize,
        ["submission_cache_duration"] = 0,
        ["use_docs_as_homepage"] = false,
        ["allow_enable_network"] = false,
        ["enable_network"] = false,
    };

    private static JsonHttpResult<JsonObject> SystemInfo()
    {
        var memory = GC.GetGCMemoryInfo();
        return TypedResults.Json(new JsonObject
        {
            ["Architecture"] = RuntimeInformation.OSArchitecture switch { Architecture.X64 => "x86_64", Architecture.Arm64 => "aarch64", var other => other.ToString() },
            ["CPU(s)"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["Byte Order"] = BitConverter.IsLittleEndian ? "Little Endian" : "Big Endian",
            ["Mem"] = $"{memory.TotalAvailableMemoryBytes >> 30}G",
            ["Swap"] = "0B",
        });
    }

    private static async Task<IResult> Workers(Judge0Store store, PostgresLedger ledger, ServerOptions server, CancellationToken cancellation)
    {
        var (waiting, working) = await store.QueueAsync(cancellation);
        var fleet = (await ledger.Fleet.ListAsync(cancellation)).Where(w => w.Answers && w.Wanted == WorkerOrder.Work).Sum(w => (long)w.Card.Slots);
        var slots = Math.Max(Math.Max(fleet, server.JudgeSlots), working);
        return Array([
            new JsonObject
            {
                ["queue"] = Version, ["size"] = waiting, ["available"] = slots, ["idle"] = slots - working, ["working"] = working, ["paused"] = 0, ["failed"] = 0,
            },
        ]);
    }

    private static async Task<IResult> Statistics(PostgresLedger ledger, HttpContext http, Judge0Languages languages, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var tenant = Caller.From(http.User).Tenant.Value;
        var total = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from judge0_submissions where tenant_id = @tenant", new { tenant }, cancellationToken: cancellation));
        var byLanguage = await connection.QueryAsync<(int Id, long Count)>(new CommandDefinition(
            "select (request->>'LanguageId')::int, count(*) from judge0_submissions where tenant_id = @tenant group by 1 order by 2 desc", new { tenant }, cancellationToken: cancellation));
        var today = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from judge0_submissions where tenant_id = @tenant and created_at >= date_trunc('day', now())", new { tenant }, cancellationToken: cancellation));
        return TypedResults.Json(new JsonObject
        {
            ["languages"] = new JsonArray([.. byLanguage.Select(l => new JsonObject { ["language"] = new JsonObject { ["id"] = l.Id, ["name"] = languages.Find(l.Id)?.Name }, ["count"] = l.Count })]),
            ["submissions"] = new JsonObject { ["total"] = total, ["today"] = today },
        });
    }
}
