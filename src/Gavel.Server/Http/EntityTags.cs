namespace Gavel.Server.Http;

/// <summary>ETags that make polling cheap: what has not changed is answered with 304 and nothing else.</summary>
internal static class EntityTags
{
    /// <summary>Sets the tag; true when the client has this state already.</summary>
    public static bool Matches(HttpContext http, string state)
    {
        var tag = $"W/\"{state}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        return http.Request.Headers.IfNoneMatch.Any(given => given is not null && given.Split(',').Any(t => t.Trim() == tag || t.Trim() == tag[2..]));
    }
}
