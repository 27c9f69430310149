using System.Text.RegularExpressions;
using Gavel.Server.Http;
using Gavel.Server.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Webhooks;

/// <summary>Checks what a webhook is made of.</summary>
internal static partial class WebhookInput
{
    private const int MostHeaders = 10, LongestHeader = 1000, LongestName = 100;

    /// <summary>Headers that the request itself is made with; a second one would change what it is.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Expect", "Upgrade", "TE", "Trailer", "Keep-Alive", "User-Agent",
        WebhookSignature.IdHeader, WebhookSignature.TimestampHeader, WebhookSignature.Header,
    };

    /// <summary>Null when all that is given is good.</summary>
    public static ProblemHttpResult? WhyBad(WebhookTarget target, string? url, string? name, IReadOnlyList<string>? events, IReadOnlyDictionary<string, string>? headers)
    {
        if (url is not null && target.WhyBad(url) is { } reason)
            return ApiProblem.Invalid("url", reason);
        if (name is { Length: 0 or > LongestName })
            return ApiProblem.Invalid("name", $"A name has between 1 and {LongestName} characters.");
        if (events is not null && (events.Count == 0 || events.Distinct().Count() != events.Count || events.Any(e => !WebhookEvents.All.Contains(e))))
            return ApiProblem.Invalid("events", $"Events are {string.Join(", ", WebhookEvents.All)}, each once.");

        return headers is null ? null : WhyBad(headers);
    }

    private static ProblemHttpResult? WhyBad(IReadOnlyDictionary<string, string> headers)
    {
        if (headers.Count > MostHeaders)
            return ApiProblem.Invalid("headers", $"At most {MostHeaders} headers.");

        foreach (var (name, value) in headers)
        {
            if (!Token().IsMatch(name) || Reserved.Contains(name) || name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase))
                return ApiProblem.Invalid("headers", "A header's name has letters, digits and hyphens, and is none that the request is made with (Host, Content-…, webhook-…).");
            if (value is null || value.Length > LongestHeader || value.Any(c => c is < ' ' or > '~'))
                return ApiProblem.Invalid("headers", $"The value of '{name}' has at most {LongestHeader} printable ASCII characters.");
        }

        return null;
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,100}$")]
    private static partial Regex Token();
}
