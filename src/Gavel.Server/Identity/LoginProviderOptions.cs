using System.ComponentModel.DataAnnotations;

namespace Gavel.Server.Identity;

/// <summary>An OAuth 2.0 provider (RFC 6749, authorization code with PKCE) that accounts can log in with. Off until it has a client id.</summary>
public sealed class LoginProviderOptions
{
    /// <summary>What the login page calls it.</summary>
    [Required]
    public string Name { get; set; } = "Single sign-on";

    /// <summary>The client id that the provider gave; null for no such login.</summary>
    public string? ClientId { get; set; }

    /// <summary>The client's secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Where people log in.</summary>
    public string AuthorizationEndpoint { get; set; } = "";

    /// <summary>Where codes are traded for tokens.</summary>
    public string TokenEndpoint { get; set; } = "";

    /// <summary>Where the account is read, with the token: a JSON object.</summary>
    public string UserInformationEndpoint { get; set; } = "";

    /// <summary>Scopes to ask for, separated by spaces.</summary>
    public string Scopes { get; set; } = "openid profile";

    /// <summary>The field with the account's lasting id. Accounts are known by nothing else: names and mail addresses change hands.</summary>
    [Required]
    public string SubjectField { get; set; } = "sub";

    /// <summary>The field that a new account is named after.</summary>
    [Required]
    public string NameField { get; set; } = "preferred_username";

    /// <summary>The tenant of new accounts.</summary>
    [Range(1, int.MaxValue)]
    public int Tenant { get; set; } = 1;

    /// <summary>The role of new accounts.</summary>
    [AllowedValues("admin", "organiser", "setter", "contestant", "service")]
    public string Role { get; set; } = "contestant";

    /// <summary>False where only accounts that logged in this way before may.</summary>
    public bool NewAccounts { get; set; } = true;

    /// <summary>True where people can log in this way.</summary>
    internal bool Enabled => ClientId is { Length: > 0 };
}
