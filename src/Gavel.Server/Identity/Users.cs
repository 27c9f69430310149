using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Dapper;
using Gavel.Core;
using Gavel.Ledger;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Gavel.Server.Identity;

/// <summary>An account.</summary>
internal sealed record User(UserId Id, TenantId Tenant, string Name, IReadOnlyList<string> Roles, bool Disabled, bool MustChangePassword, Guid SecurityStamp)
{
    public Caller ToCaller() => new(Tenant, Id, Name, Roles.ToHashSet());
}

/// <summary>What came of a login.</summary>
internal abstract record LoginOutcome
{
    private LoginOutcome()
    {
    }

    public sealed record Welcome(User User) : LoginOutcome;

    /// <summary>Wrong name or password, or no such user: the caller must not learn which.</summary>
    public sealed record Refused : LoginOutcome;

    public sealed record LockedOut(TimeSpan RetryAfter) : LoginOutcome;

    public sealed record MustChangePassword : LoginOutcome;
}

/// <summary>Accounts with passwords. Guessing locks an account for a minute, then for twice as long each time, up to an hour.</summary>
internal sealed partial class Users(PostgresLedger ledger, TimeProvider time)
{
    private const int FreeAttempts = 5;
    private static readonly PasswordHasher<object> Hasher = new();

    // Verified for names that do not exist, so that they take as long as those that do.
    private static readonly string NobodysHash = Hasher.HashPassword(Hasher, Guid.NewGuid().ToString());

    /// <summary>Why a password is not good enough; null when it is.</summary>
    public static string? WhyBadPassword(string password) =>
        password.Length is < 10 or > 200 ? "A password has between 10 and 200 characters." : null;

    /// <summary>Why a name cannot be an account's; null when it can.</summary>
    public static string? WhyBadName(string name) => NameForm().IsMatch(name) ? null : "A name has 2 to 40 letters, digits, '.', '_' or '-'.";

    /// <summary>A random password that a person can type.</summary>
    public static string MakePassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));

    /// <summary>Makes a user; null when the name is taken.</summary>
    public async Task<User?> CreateAsync(
        TenantId tenant, string name, string password, IReadOnlyList<string> roles, bool mustChange, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var user = new User(UserId.New(time), tenant, name, roles, false, mustChange, Guid.NewGuid());
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var made = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into users (id, tenant_id, name, name_key, password_hash, must_change, roles, security_stamp, created_at)
            values (@id, @tenant, @name, @key, @hash, @mustChange, @roles, @stamp, @now) on conflict do nothing
            """,
            new
            {
                id = user.Id.Value,
                tenant = tenant.Value,
                name,
                key = Key(name),
                hash = Hasher.HashPassword(Hasher, password),
                mustChange,
                roles = roles.ToArray(),
                stamp = user.SecurityStamp,
                now = now.UtcDateTime,
            },
            cancellationToken: cancellation));
        return made == 0 ? null : user;
    }

    /// <summary>Makes the first admin where there is no user at all; returns its one-time password, or null when there are users.</summary>
    public async Task<string?> CreateFirstAdminAsync(string name, CancellationToken cancellation)
    {
        await using (var connection = await ledger.Database.OpenConnectionAsync(cancellation))
        {
            if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select 1 from users)", cancellationToken: cancellation)))
                return null;
        }

        var password = MakePassword();
        return await CreateAsync(TenantId.Default, name, password, [Roles.Admin], mustChange: true, cancellation) is null ? null : password;
    }

    /// <summary>Checks a password; with a new one, changes it when the old one is right.</summary>
    public async Task<LoginOutcome> LoginAsync(string name, string password, string? newPassword, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Locked, so that guesses in parallel are counted one by one.
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Columns} where name_key = @key for update", new { key = Key(name) }, transaction, cancellationToken: cancellation));
        var now = time.GetUtcNow();
        if (row?.locked_until is { } locked && locked > now.UtcDateTime)
            return new LoginOutcome.LockedOut(locked - now.UtcDateTime);

        var right = Hasher.VerifyHashedPassword(Hasher, row?.password_hash ?? NobodysHash, password) != PasswordVerificationResult.Failed;
        if (row is null || row.password_hash is null || row.disabled || !right)
        {
            if (row is not null)
                await CountFailureAsync(connection, transaction, row, now, cancellation);
            await transaction.CommitAsync(cancellation);
            return new LoginOutcome.Refused();
        }

        if (row.must_change && newPassword is null)
            return new LoginOutcome.MustChangePassword();

        var stamp = newPassword is null ? row.security_stamp : Guid.NewGuid();
        await connection.ExecuteAsync(new CommandDefinition(
            "update users set failed_logins = 0, locked_until = null, must_change = false, password_hash = @hash, security_stamp = @stamp where id = @id",
            new { row.id, stamp, hash = newPassword is null ? row.password_hash : Hasher.HashPassword(Hasher, newPassword) }, transaction, cancellationToken: cancellation));
        await transaction.CommitAsync(cancellation);
        return new LoginOutcome.Welcome(row.ToUser() with { SecurityStamp = stamp, MustChangePassword = false });
    }

    /// <summary>The account that logs in elsewhere with this id; null when there is none.</summary>
    public async Task<User?> FindExternalAsync(string external, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition($"{Columns} where external_id = @external", new { external }, cancellationToken: cancellation)))?.ToUser();
    }

    /// <summary>Makes an account without a password, for somebody who logs in elsewhere. It never becomes one that exists: a taken name gets a number.</summary>
    public async Task<User?> CreateExternalAsync(TenantId tenant, string name, string external, IReadOnlyList<string> roles, CancellationToken cancellation)
    {
        var clean = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-')).PadRight(2, '-');
        clean = clean[..Math.Min(clean.Length, 32)];
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        for (var number = 1; number < 1000; number++)
        {
            var candidate = number == 1 ? clean : $"{clean}-{number}";
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into users (id, tenant_id, name, name_key, external_id, roles, security_stamp, created_at)
                values (@id, @tenant, @candidate, @key, @external, @roles, gen_random_uuid(), @now) on conflict do nothing
                """,
                new { id = UserId.New(time).Value, tenant = tenant.Value, candidate, key = Key(candidate), external, roles = roles.ToArray(), now = time.GetUtcNow().UtcDateTime },
                cancellationToken: cancellation));
            if (await FindExternalAsync(external, cancellation) is { } user)
                return user;
        }

        return null;
    }

    /// <summary>True for an account that logs in with a password.</summary>
    public async Task<bool> HasPasswordAsync(UserId id, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from users where id = @id and password_hash is not null)", new { id = id.Value }, cancellationToken: cancellation));
    }

    /// <summary>True when there is an account with this name, in whatever tenant.</summary>
    public async Task<bool> ExistsAsync(string name, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select from users where name_key = @key)", new { key = Key(name) }, cancellationToken: cancellation));
    }

    public async Task<User?> FindAsync(UserId id, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition($"{Columns} where id = @id", new { id = id.Value }, cancellationToken: cancellation)))?.ToUser();
    }

    public async Task<IReadOnlyList<User>> ListAsync(TenantId tenant, Guid? after, int limit, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"{Columns} where tenant_id = @tenant and id > @after order by id limit @limit", new { tenant = tenant.Value, after = after ?? Guid.Empty, limit }, cancellationToken: cancellation));
        return [.. rows.Select(r => r.ToUser())];
    }

    /// <summary>Changes roles or state; a change ends the user's sessions. Null when the tenant has no such user.</summary>
    public async Task<User?> ChangeAsync(TenantId tenant, UserId id, IReadOnlyList<string>? roles, bool? disabled, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update users set roles = coalesce(@roles, roles), disabled = coalesce(@disabled, disabled), security_stamp = gen_random_uuid()
             where id = @id and tenant_id = @tenant
            """,
            new { id = id.Value, tenant = tenant.Value, roles = roles?.ToArray(), disabled }, cancellationToken: cancellation));
        return await FindAsync(id, cancellation) is { } user && user.Tenant == tenant ? user : null;
    }

    private static Task<int> CountFailureAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Row row, DateTimeOffset now, CancellationToken cancellation)
    {
        var failures = row.failed_logins + 1;
        var until = failures < FreeAttempts ? null : (DateTime?)now.UtcDateTime.AddMinutes(Math.Min(60, Math.Pow(2, failures - FreeAttempts)));
        return connection.ExecuteAsync(new CommandDefinition(
            "update users set failed_logins = @failures, locked_until = @until where id = @id", new { row.id, failures, until }, transaction, cancellationToken: cancellation));
    }

    private const string Columns = "select id, tenant_id, name, password_hash, must_change, roles, disabled or (select t.disabled from tenants t where t.id = users.tenant_id) as disabled, failed_logins, locked_until, security_stamp from users";

    [GeneratedRegex("^[A-Za-z0-9._-]{2,40}$")]
    private static partial Regex NameForm();

    private static string Key(string name) => name.Trim().ToLowerInvariant();

#pragma warning disable IDE1006, CA1707 // the names of the columns
    private sealed record Row(
        Guid id, int tenant_id, string name, string? password_hash, bool must_change, Array roles, bool disabled, int failed_logins, DateTime? locked_until, Guid security_stamp)
    {
        public User ToUser() => new(new UserId(id), new TenantId(tenant_id), name, [.. roles.Cast<string>()], disabled, must_change, security_stamp);
    }
#pragma warning restore IDE1006, CA1707
}
