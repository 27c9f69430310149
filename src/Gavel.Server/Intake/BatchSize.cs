using Gavel.Server.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Intake;

/// <summary>How many things one request may name.</summary>
internal static class BatchSize
{
    /// <summary>The most in one request.</summary>
    public const int Most = 1000;

    /// <summary>Items that are stored at the same time: they share transactions.</summary>
    public const int AtOnce = 64;

    /// <summary>The longest body of such a request, in bytes.</summary>
    public const long LargestBody = 32 << 20;

    /// <summary>The refusal of a batch that is empty or too large; null when it is neither.</summary>
    public static ProblemHttpResult? Check(string field, int count) =>
        count is 0 or > Most ? ApiProblem.Invalid(field, $"Between 1 and {Most}, not {count}.") : null;

    /// <summary>Those of the texts that are ids, once each.</summary>
    public static IEnumerable<Guid> Guids(IEnumerable<string> texts) => texts.Select(t => Guid.TryParse(t, out var id) ? id : (Guid?)null).OfType<Guid>().Distinct();

    /// <summary>The ids of a list with commas.</summary>
    public static IReadOnlyList<string> Ids(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
