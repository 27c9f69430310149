using Npgsql;

namespace Gavel.Ledger;

/// <summary>Reads the ways in which people write where a PostgreSQL database is.</summary>
public static class ConnectionText
{
    /// <summary>
    /// Takes a URL (<c>postgres://user:password@host:5432/database?sslmode=require</c>) or an Npgsql connection string.
    /// </summary>
    /// <exception cref="ArgumentException">It is neither; the message says what is wrong, without the password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        if (!text.StartsWith("postgres://", StringComparison.Ordinal) && !text.StartsWith("postgresql://", StringComparison.Ordinal))
            return new NpgsqlConnectionStringBuilder(text);

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            throw new ArgumentException("The database URL is not a URL: postgres://user:password@host:5432/database is the form.", nameof(text));

        var builder = new NpgsqlConnectionStringBuilder { Host = url.Host };
        if (url.Port > 0)
            builder.Port = url.Port;
        if (url.AbsolutePath.Length > 1)
            builder.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);

        var (user, password) = url.UserInfo.Split(':', 2) is [var u, var p] ? (u, p) : (url.UserInfo, "");
        if (user.Length > 0)
            builder.Username = Uri.UnescapeDataString(user);
        if (password.Length > 0)
            builder.Password = Uri.UnescapeDataString(password);

        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split('=', 2) is [var k, var v] ? (k, v) : (pair, "");
            builder[key switch { "sslmode" => "SSL Mode", "host" => "Host", _ => Uri.UnescapeDataString(key) }] = Uri.UnescapeDataString(value);
        }

        return builder;
    }
}
