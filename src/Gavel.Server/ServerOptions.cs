using System.ComponentModel.DataAnnotations;
using Gavel.Blobs;
using Gavel.Core;
using Microsoft.Extensions.Options;

namespace Gavel.Server;

/// <summary>Everything a Gavel server is started with. The defaults suit one laptop.</summary>
public sealed class ServerOptions
{
    /// <summary>Configuration section and prefix of the environment variables (<c>Gavel__Server__Urls</c>).</summary>
    public const string Section = "Gavel:Server";

    /// <summary>PostgreSQL connection string (Npgsql keywords) of the ledger.</summary>
    [Required]
    public string Database { get; set; } = "";

    /// <summary>Folder for blobs, unpacked packages and compiled programs. Made when missing.</summary>
    [Required]
    public string DataFolder { get; set; } = "";

    /// <summary>Where packages and archived months are kept; null for the data folder of this machine.</summary>
    public IBlobStore? Blobs { get; set; }

    /// <summary>
    /// Whole months that a month must be over before the sources, results and outputs of its submissions and runs move from the database to the blob
    /// store; 0 for never. They are read from there as before.
    /// </summary>
    [Range(0, 1200)]
    public int ArchiveAfterMonths { get; set; }

    /// <summary>Addresses to listen on, separated by semicolons. Port 0 takes a free one.</summary>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:8080";

    /// <summary>The address people see, for links and webhooks; null when it is the one listened on.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>
    /// A bearer token with the admin role, for the first steps and for scripts; null for none. At least 16 characters.
    /// </summary>
    [MinLength(16)]
    public string? AdminToken { get; set; }

    /// <summary>
    /// A file with keys (32 random bytes in base64, one a line; the first is used, all are known) that encrypts what protects sessions and webhook secrets in
    /// the database; null to keep it there as it is. All servers of an installation need the same file.
    /// </summary>
    public string? ProtectionKeyFile { get; set; }

    /// <summary>Submissions judged at the same time by the worker inside this process; 0 for none.</summary>
    [Range(0, 1024)]
    public int JudgeSlots { get; set; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>A folder of problem packages to load at start, each in a folder of its own; null for none.</summary>
    public string? SampleProblems { get; set; }

    /// <summary>A language table to use instead of the built-in one.</summary>
    public string? LanguagesFile { get; set; }

    /// <summary>True where nobody needs an account to read problems, submit and run.</summary>
    public bool AllowAnonymous { get; set; } = true;

    /// <summary>True when a reverse proxy in front is trusted to tell the caller's address in <c>X-Forwarded-For</c> and the scheme in <c>X-Forwarded-Proto</c>.</summary>
    public bool BehindProxy { get; set; }

    /// <summary>The most source code a submission or run may hand in, all files together, in bytes.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public long MaximumSourceBytes { get; set; } = 64 * 1024;

    /// <summary>The most standard input a run may hand in, in bytes.</summary>
    [Range(0, 256 * 1024 * 1024)]
    public long MaximumInputBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest package archive that may be uploaded, in bytes.</summary>
    [Range(1024, 4L * 1024 * 1024 * 1024)]
    public long MaximumPackageBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>What a run gets that asks for nothing.</summary>
    [ValidateObjectMembers]
    public RunLimitOptions RunDefaults { get; set; } = new();

    /// <summary>The most a run may ask for.</summary>
    [ValidateObjectMembers]
    public RunLimitOptions RunMaxima { get; set; } = new() { CpuTimeMs = 30_000, WallTimeMs = 60_000, MemoryBytes = 2048L << 20, OutputBytes = 16 << 20 };

    /// <summary>The Judge0 dialect.</summary>
    [ValidateObjectMembers]
    public Dialects.Judge0.Judge0Options Judge0 { get; set; } = new();

    /// <summary>The Piston dialect.</summary>
    [ValidateObjectMembers]
    public Dialects.Piston.PistonOptions Piston { get; set; } = new();

    /// <summary>The classic dialect.</summary>
    [ValidateObjectMembers]
    public Dialects.Classic.ClassicOptions Classic { get; set; } = new();

    /// <summary>Rate limits and quotas.</summary>
    [ValidateObjectMembers]
    public Limits.LimitOptions Limits { get; set; } = new();

    /// <summary>Login with an OAuth 2.0 provider.</summary>
    [ValidateObjectMembers]
    public Identity.LoginProviderOptions LoginProvider { get; set; } = new();

    /// <summary>Webhooks and callbacks.</summary>
    [ValidateObjectMembers]
    public Webhooks.WebhookOptions Webhooks { get; set; } = new();

    /// <summary>Silence on a live stream after which a keep-alive comment is sent.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Least level of log messages of Gavel itself: Trace, Debug, Information, Warning, Error, Critical.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    internal Bytes MaximumSource => new(MaximumSourceBytes);
}

[OptionsValidator]
internal sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;
