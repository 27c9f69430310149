using System.ComponentModel.DataAnnotations;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>The switches of Judge0 1.13.1 that Gavel's dialect has, with Judge0's own defaults. <c>GET /config_info</c> tells them.</summary>
public sealed class Judge0Options
{
    /// <summary>False takes the dialect away.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Below which path the dialect lives.</summary>
    [Required]
    public string Path { get; set; } = "/judge0";

    /// <summary>Header (and parameter) with the authentication token.</summary>
    [Required]
    public string AuthenticationHeader { get; set; } = "X-Auth-Token";

    /// <summary>Tokens that authenticate, separated by spaces; empty for none, then Gavel's own rule holds (an API key, or nobody where anonymous use is allowed).</summary>
    public string AuthenticationTokens { get; set; } = "";

    /// <summary>Header (and parameter) with the authorization token.</summary>
    [Required]
    public string AuthorizationHeader { get; set; } = "X-Auth-User";

    /// <summary>Tokens that authorize listing and deleting, separated by spaces; empty for none.</summary>
    public string AuthorizationTokens { get; set; } = "";

    /// <summary>Addresses that may call, separated by spaces; empty for all. Everybody else gets 403.</summary>
    [RegularExpression(@"^[0-9a-fA-F.: ]*$")]
    public string AllowedAddresses { get; set; } = "";

    /// <summary>Addresses that may not call, separated by spaces.</summary>
    [RegularExpression(@"^[0-9a-fA-F.: ]*$")]
    public string DeniedAddresses { get; set; } = "";

    /// <summary>A message turns maintenance on: writes answer 503 with it.</summary>
    public string? Maintenance { get; set; }

    /// <summary>Whether <c>wait=true</c> is taken.</summary>
    public bool EnableWait { get; set; } = true;

    /// <summary>Whether submissions can be deleted.</summary>
    public bool EnableDelete { get; set; }

    /// <summary>Whether several submissions can be made at a time.</summary>
    public bool EnableBatch { get; set; } = true;

    /// <summary>Whether callbacks can be asked for.</summary>
    public bool EnableCallbacks { get; set; } = true;

    /// <summary>How often a callback is tried.</summary>
    [Range(1, 100)]
    public int CallbackTries { get; set; } = 3;

    /// <summary>How long a receiver has to answer a callback.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan CallbackTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>True as in Judge0: any answer ends the tries, also a 500. False tries again after any answer but 2xx.</summary>
    public bool CallbackStopsAtAnyAnswer { get; set; } = true;

    /// <summary>Whether additional files can be given.</summary>
    public bool EnableAdditionalFiles { get; set; } = true;

    /// <summary>Whether compiler options can be given.</summary>
    public bool EnableCompilerOptions { get; set; } = true;

    /// <summary>Whether command line arguments can be given.</summary>
    public bool EnableArguments { get; set; } = true;

    /// <summary>The most submissions in a batch.</summary>
    [Range(1, 1000)]
    public int BatchSize { get; set; } = 20;

    /// <summary>Waiting jobs from which on submissions are refused with "queue is full". Judge0 has 100; Gavel's queue is a table.</summary>
    [Range(1, 100_000_000)]
    public int QueueSize { get; set; } = 100_000;

    /// <summary>How long <c>wait=true</c> waits before it answers with what there is.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(2);
}
