using System.Diagnostics;
using Gavel.Testing;

namespace Gavel.Server.Tests;

/// <summary>The TypeScript client is what the generator makes of the OpenAPI document, compiles strictly, and talks with a server.</summary>
public sealed class TypeScriptClientTests(GavelApp app) : IClassFixture<GavelApp>
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "clients", "typescript");
    private static readonly string s_compiler = Path.Combine(Repository.Root, "src", "Gavel.Server", "Assets", "node_modules", "typescript", "bin", "tsc");

    private const string Script = """
        import { GavelClient, GavelError } from './gavel.js';
        const gavel = new GavelClient(process.argv[2], process.argv[3]);
        const run = await gavel.createRun({ language: 'python3', source: 'cat', stdin: 'grüße' }, { wait: 0 }, { idempotencyKey: 'once' });
        const again = await gavel.createRun({ language: 'python3', source: 'cat', stdin: 'grüße' }, {}, { idempotencyKey: 'once' });
        const seen = [];
        for await (const event of gavel.followRun(run.id)) seen.push(event.event === 'verdict' ? event.data.verdict : event.event);
        const done = await gavel.getRun(run.id, { wait: 10 });
        const batch = await gavel.createRunBatch({ runs: [{ language: 'python3', source: 'ok' }, { language: 'klingon', source: 'x' }] });
        const listed = await gavel.listRuns({ limit: 1 });
        let refusal = '';
        try { await gavel.getRun('00000000-0000-7000-8000-000000000000'); } catch (error) { refusal = error instanceof GavelError ? `${error.status} ${error.kind}` : String(error); }
        console.log(JSON.stringify([done.stdout, again.id === run.id, seen.at(-1), batch.items.map(i => i.problem?.type ?? i.run?.status), listed.items.length, refusal]));
        """;

    [Fact]
    public async Task The_committed_client_is_the_generated_one()
    {
        if (Environment.GetEnvironmentVariable("GAVEL_APPROVE") == "1")
            await NodeAsync(Path.Combine(s_folder, "generate.mjs"));

        Assert.Equal("", await NodeAsync(Path.Combine(s_folder, "generate.mjs"), "--check"));
    }

    [Fact]
    public async Task It_compiles_strictly_and_runs_follows_lists_and_is_refused()
    {
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var folder = Directory.CreateTempSubdirectory("gavel-typescript-").FullName;
        try
        {
            Assert.Equal("", await NodeAsync(s_compiler, "--project", s_folder, "--outDir", folder));
            await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"type":"module"}""", GavelApp.Cancellation);
            await File.WriteAllTextAsync(Path.Combine(folder, "try.js"), Script, GavelApp.Cancellation);

            var told = await NodeAsync(Path.Combine(folder, "try.js"), app.Address.ToString(), GavelApp.AdminToken);

            Assert.Equal("""["grüße",true,"AC",["queued","urn:gavel:problem:unknown-language"],1,"404 unknown-run"]""", told);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> NodeAsync(params string[] arguments)
    {
        Prerequisite.Require(File.Exists("/usr/bin/node") && File.Exists(s_compiler), "node and the TypeScript compiler that the UI is built with");
        using var node = Process.Start(new ProcessStartInfo("/usr/bin/node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(GavelApp.Cancellation), node.StandardError.ReadToEndAsync(GavelApp.Cancellation));
        await node.WaitForExitAsync(GavelApp.Cancellation);
        return (await output + await errors).Trim();
    }
}
