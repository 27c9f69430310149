namespace Gavel.Server.Identity;

/// <summary>Names of the authorization policies that endpoints ask for.</summary>
internal static class Policies
{
    /// <summary>Submitting, running and reading: everybody where anonymous use is allowed, else whoever proved who it is.</summary>
    public const string Participate = "participate";

    /// <summary>Changing problems.</summary>
    public const string ManageProblems = "manage-problems";

    /// <summary>Everything else that is privileged.</summary>
    public const string Administer = "administer";
}
