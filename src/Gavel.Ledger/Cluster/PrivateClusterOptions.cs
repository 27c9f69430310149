namespace Gavel.Ledger;

/// <summary>How a private PostgreSQL cluster is made.</summary>
public sealed record PrivateClusterOptions
{
    /// <summary>The folder that the cluster lives in; made when missing.</summary>
    public required string Folder { get; init; }

    /// <summary>Lines for postgresql.conf after Gavel's own, for example <c>fsync = off</c> in tests.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>How long starting may take, crash recovery included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(120);
}

/// <summary>The private cluster cannot be had; the message says why and, where there is one, the command that helps.</summary>
public sealed class PrivateClusterException(string message, Exception? inner = null) : Exception(message, inner);
