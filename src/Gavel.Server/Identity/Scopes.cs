namespace Gavel.Server.Identity;

/// <summary>What an API key may be narrowed to.</summary>
internal static class Scopes
{
    public const string Read = "read", Submit = "submit", Run = "run", Problems = "problems", Webhooks = "webhooks", Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Read, Submit, Run, Problems, Webhooks, Admin];
}
