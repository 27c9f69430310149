using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Gavel.Testing;

namespace Gavel.EndToEnd.Tests.Installation;

/// <summary><c>gavel login</c>, <c>submit</c> and <c>watch</c> as processes of their own against a server that judges, each test with a home of its own.</summary>
public sealed class LoginTests : IDisposable
{
    private const string Password = "a password of the tests";

    private readonly Site _site;
    private readonly string _home = Directory.CreateTempSubdirectory("gavel-login-").FullName;

    public LoginTests(Site site)
    {
        Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox");
        _site = site;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Stored => Path.Combine(_home, "gavel", "credentials.json");

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task A_login_keeps_a_key_that_submit_and_watch_use_until_it_is_forgotten()
    {
        var name = await UserAsync();
        var login = await GavelAsync(Password, "login", "--server", _site.Address, "--name", name, "--password-stdin");
        var kept = await File.ReadAllTextAsync(Stored, Cancellation);
        var right = await GavelAsync("", "submit", "applecarts", Solution("accepted/press.py"), "--no-wait");
        var wrong = await GavelAsync("", "submit", "applecarts", Solution("wrong_answer/tipped.py"), "--no-wait");
        var accepted = await GavelAsync("", "watch", right.Output.Trim());
        var again = await GavelAsync("", "watch", right.Output.Trim(), "--json");
        var refused = await GavelAsync("", "watch", wrong.Output.Trim());
        var logout = await GavelAsync("", "login", "--server", _site.Address, "--logout");

        Assert.True(login.Code == 0, login.Error);
        Assert.Contains($"as {name}", login.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, kept + login.Error + login.Output, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Stored));
        Assert.Equal((0, "applecarts: AC\n"), (accepted.Code, accepted.Output));
        Assert.Contains("testcase 1 of ", accepted.Error, StringComparison.Ordinal);
        Assert.Equal("AC", JsonElement.Parse(again.Output).GetProperty("verdict").GetString());
        Assert.Equal((1, "applecarts: WA\n"), (refused.Code, refused.Output));
        Assert.Equal(0, logout.Code);
        Assert.DoesNotContain("gvl_", await File.ReadAllTextAsync(Stored, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_login_made_belongs_to_its_account_and_is_no_business_of_others()
    {
        await GavelAsync(Password, "login", "--server", _site.Address, "--name", await UserAsync(), "--password-stdin");
        var mine = await GavelAsync("", "submit", "applecarts", Solution("accepted/press.py"), "--no-wait");
        await GavelAsync(Password, "login", "--server", _site.Address, "--name", await UserAsync(), "--password-stdin");
        var others = await GavelAsync("", "watch", mine.Output.Trim());
        var nothing = await GavelAsync("", "watch", Guid.NewGuid().ToString());

        Assert.Equal((2, 2, ""), (others.Code, nothing.Code, others.Output));
        Assert.Contains("there is no run", others.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_run_is_watched_to_its_end_with_its_output_and_outcome()
    {
        var fine = await GavelAsync("", "watch", await RunAsync("print('out')"), "--server", _site.Address);
        var broken = await GavelAsync("", "watch", await RunAsync("import sys\nprint('said')\nprint('why', file=sys.stderr)\nsys.exit(3)"), "--server", _site.Address);

        Assert.Equal((0, "out\n"), (fine.Code, fine.Output));
        Assert.Equal((1, "said\n"), (broken.Code, broken.Output));
        Assert.Contains("why", broken.Error, StringComparison.Ordinal);
        Assert.Contains("runTimeError", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_fails_says_why_and_keeps_nothing()
    {
        var name = await UserAsync();
        var password = await GavelAsync("not the password", "login", "--server", _site.Address, "--name", name, "--password-stdin");
        var key = await GavelAsync("gvl_madeup", "login", "--server", _site.Address, "--key-stdin");
        var nobody = await GavelAsync("", "login", "--server", _site.Address);
        var scheme = await GavelAsync(Password, "login", "--server", "file:///etc/passwd", "--name", name, "--password-stdin");
        var away = await GavelAsync(Password, "login", "--server", "http://127.0.0.1:1", "--name", name, "--password-stdin");

        Assert.Equal([2, 2, 2, 2, 3], new[] { password, key, nobody, scheme, away }.Select(a => a.Code));
        Assert.All([password, key, nobody, scheme, away], a => Assert.Equal((true, ""), (a.Error.Length > 10, a.Output)));
        Assert.False(File.Exists(Stored));
    }

    [Fact]
    public async Task A_key_file_that_others_can_read_or_that_is_damaged_is_not_used()
    {
        await GavelAsync(Password, "login", "--server", _site.Address, "--name", await UserAsync(), "--password-stdin");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Stored, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var open = await GavelAsync("", "watch", Guid.NewGuid().ToString());
        await File.WriteAllTextAsync(Stored, "{", Cancellation);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Stored, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var damaged = await GavelAsync("", "watch", Guid.NewGuid().ToString());

        Assert.Equal((2, 2), (open.Code, damaged.Code));
        Assert.Contains("chmod 600", open.Error, StringComparison.Ordinal);
        Assert.Contains("damaged", damaged.Error, StringComparison.Ordinal);
    }

    private static string Solution(string name) => Path.Combine(Repository.Problems, "applecarts", "submissions", name);

    private async Task<string> UserAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_site.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Site.AdminToken);
        var name = $"login-{Guid.NewGuid():n}"[..20];
        using var made = await http.PostAsJsonAsync("api/v1/users", new { name, password = Password }, Cancellation);
        made.EnsureSuccessStatusCode();
        return name;
    }

    private async Task<string> RunAsync(string source)
    {
        using var http = new HttpClient { BaseAddress = new Uri(_site.Address) };
        using var made = await http.PostAsJsonAsync("api/v1/runs", new { language = "python3", source }, Cancellation);
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString()!;
    }

    private async Task<(int Code, string Output, string Error)> GavelAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "gavel.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["XDG_CONFIG_HOME"] = _home },
        };
        start.Environment.Remove("GAVEL_SERVER");
        start.Environment.Remove("GAVEL_TOKEN");
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await error);
    }
}
