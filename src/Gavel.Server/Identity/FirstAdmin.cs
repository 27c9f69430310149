namespace Gavel.Server.Identity;

/// <summary>The admin that the first start made. Whoever starts the server shows the password once; it must be changed at the first login.</summary>
/// <param name="Name">Its name.</param>
/// <param name="OneTimePassword">Its password; null when there were users already.</param>
public sealed record FirstAdmin(string Name, string? OneTimePassword)
{
    /// <summary>The name that the first admin has.</summary>
    public const string DefaultName = "admin";
}
