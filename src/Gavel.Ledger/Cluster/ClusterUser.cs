using System.Diagnostics;
using System.Globalization;

namespace Gavel.Ledger;

/// <summary>The user that PostgreSQL's processes run as. PostgreSQL refuses to run as root, so root lends it an unprivileged one.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Uid">The user's number.</param>
/// <param name="Gid">The user's group.</param>
/// <param name="IsOther">True when it is not the user of this process.</param>
internal sealed record ClusterUser(string Name, int Uid, int Gid, bool IsOther)
{
    /// <summary>The user of this process; for root, <c>postgres</c> or, without it, <c>nobody</c>.</summary>
    public static ClusterUser Choose()
    {
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(f => f.Length >= 4).ToList();
        if (Environment.IsPrivilegedProcess)
        {
            var lent = users.Find(f => f[0] == "postgres") ?? users.Find(f => f[0] == "nobody")
                ?? throw new PrivateClusterException("PostgreSQL does not run as root, and there is no user postgres or nobody. Make one: useradd --system postgres");
            return Parse(lent, isOther: true);
        }

        // Users from a directory service are not in /etc/passwd; for peer authentication the name is what counts.
        return users.Find(f => f[0] == Environment.UserName) is { } own
            ? Parse(own, isOther: false)
            : new ClusterUser(Environment.UserName, -1, -1, false);
    }

    /// <summary>How to start a program as this user, in an environment that carries nothing of ours but the path.</summary>
    public ProcessStartInfo Command(string program, params IEnumerable<string> arguments)
    {
        string[] lend = IsOther
            ? ["setpriv", $"--reuid={Uid}", $"--regid={Gid}", "--clear-groups", program]
            : [program];
        var start = new ProcessStartInfo(lend[0], [.. lend.Skip(1), .. arguments])
        {
            // Not our working folder: the user may not be allowed to be there.
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static ClusterUser Parse(string[] fields, bool isOther) => new(
        fields[0], int.Parse(fields[2], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture), isOther);
}
