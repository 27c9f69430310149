namespace Gavel.Server.Identity;

/// <summary>Names of the authorization policies that endpoints ask for.</summary>
internal static class Policies
{
    /// <summary>Reading: everybody where anonymous use is allowed, else whoever proved who it is.</summary>
    public const string Participate = "participate";

    /// <summary>As <see cref="Participate"/>, to hand in submissions.</summary>
    public const string Submit = "submit";

    /// <summary>As <see cref="Participate"/>, to run programs.</summary>
    public const string Run = "run";

    /// <summary>Changing problems.</summary>
    public const string ManageProblems = "manage-problems";

    /// <summary>One's own account and keys: any account or key, never a visitor.</summary>
    public const string Account = "account";

    /// <summary>The webhooks of the tenant: admins, and services that act for it.</summary>
    public const string ManageWebhooks = "manage-webhooks";

    /// <summary>What concerns the installation as a whole: admins of the first tenant, whose installation it is.</summary>
    public const string Operate = "operate";

    /// <summary>What the tenant used: admins, and services that act for it.</summary>
    public const string ReadUsage = "read-usage";

    /// <summary>Everything else that is privileged.</summary>
    public const string Administer = "administer";
}
