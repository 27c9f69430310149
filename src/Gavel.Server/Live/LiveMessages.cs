using Gavel.Server.Features.Runs;
using Gavel.Server.Intake;

namespace Gavel.Server.Live;

/// <summary>What a client says over the WebSocket. Unknown types and fields are answered with an error; the connection stays.</summary>
/// <param name="Type">subscribe, unsubscribe, cancel, run, stdin, stdinEnd or stop.</param>
/// <param name="Id">The submission or run that is meant; not for <c>run</c>.</param>
/// <param name="After">For subscribe: the last <c>eventId</c> that was seen.</param>
/// <param name="Ref">For run: comes back with the answer.</param>
/// <param name="Run">For run: the program, as in POST /api/v1/runs; its input comes over the connection.</param>
/// <param name="Data">For stdin: the input.</param>
/// <param name="Encoding">For stdin: how 'data' is written.</param>
internal sealed record LiveRequest(
    string Type, Guid? Id = null, string? After = null, string? Ref = null, CreateRun.Request? Run = null, string? Data = null,
    ContentEncoding Encoding = ContentEncoding.Text);

/// <summary>What the server says. Only what belongs to the type is there.</summary>
/// <param name="Type">event, ended, started, compiled, stdout, stderr, cancelled or error.</param>
/// <param name="Id">The submission or run it is about.</param>
internal sealed record LiveMessage(string Type, Guid? Id = null)
{
    /// <summary>For event: status, testcase or verdict, as in the server-sent events.</summary>
    public string? Event { get; init; }

    /// <summary>For event: what 'after' takes to resume behind it.</summary>
    public string? EventId { get; init; }

    /// <summary>For event: an object as in the server-sent events. For stdout, stderr and compiled: the text.</summary>
    public object? Data { get; init; }

    /// <summary>For compiled: whether the program starts.</summary>
    public bool? Succeeded { get; init; }

    /// <summary>For started and error: the request's own.</summary>
    public string? Ref { get; init; }

    /// <summary>For error: what is wrong and how to mend it.</summary>
    public string? Message { get; init; }
}
