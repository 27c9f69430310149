using System.Text;

namespace Gavel.Sandbox.Policy;

/// <summary>
/// What a cell's read-only root shows: the host's toolchains (<c>/usr</c> and the folders that are part of it), a synthetic <c>/etc</c>, and six
/// device nodes. Nothing else of the host exists in a cell. The operations are carried out by <c>gavel-cell</c> (root.c).
/// </summary>
internal static class RootLayout
{
    private static readonly string[] SystemFolders = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

    private static readonly string[] Devices = ["null", "zero", "full", "random", "urandom"];

    // Configuration without which toolchains do not start. None of it is secret: all of it is world-readable packaging data.
    private static readonly string[] SharedEtc =
        ["alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "ssl/certs", "ssl/openssl.cnf", "perl", "fpc.cfg", "php", "mono", "dotnet", "nim", "ldc2.conf", "R", "gnucobol", "racket", "octaverc", "sbclrc"];

    private static readonly string[] SharedEtcPrefixes = ["java-", "python", "ghc", "fpc-", "ruby", "lua"];

    // Debian keeps these parts of toolchains outside /usr and links to them from there.
    private static readonly string[] SharedVariable = ["/var/lib/ghc"];

    private const string PasswordFile = "root:x:0:0:root:/:/bin/false\nuser:x:1000:1000:user:/w:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n";

    private const string GroupFile = "root:x:0:\nuser:x:1000:\nnogroup:x:65534:\n";

    /// <summary>The operations, as root.c reads them.</summary>
    internal static byte[] Operations()
    {
        var list = new OperationList();
        list.Bind("/usr", "/usr");
        foreach (var name in SystemFolders)
            SystemFolder(list, name);
        foreach (var folder in (string[])["/etc", "/etc/ssl", "/dev", "/proc", "/w", "/tmp", "/app", "/data", "/opt", "/run", "/var", "/var/lib", "/home"])
            list.Folder(folder);
        list.Link("/tmp", "/var/tmp");

        list.File("/etc/passwd", PasswordFile);
        list.File("/etc/group", GroupFile);
        list.File("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
        list.File("/etc/hosts", "127.0.0.1 localhost\n");
        list.File("/etc/hostname", "cell\n");
        foreach (var path in EtcEntries().Concat(SharedVariable.Where(Path.Exists)))
            list.Bind(path, path);

        foreach (var device in Devices)
            list.Device($"/dev/{device}", $"/dev/{device}");
        list.Link("/proc/self/fd", "/dev/fd");
        list.Link("/proc/self/fd/0", "/dev/stdin");
        list.Link("/proc/self/fd/1", "/dev/stdout");
        list.Link("/proc/self/fd/2", "/dev/stderr");
        list.Link("/tmp", "/dev/shm");
        return list.ToArray();
    }

    private static void SystemFolder(OperationList list, string name)
    {
        var info = new DirectoryInfo($"/{name}");
        if (info.LinkTarget is { } target)
            list.Link(target, $"/{name}");
        else if (info.Exists)
            list.Bind($"/{name}", $"/{name}");
    }

    private static IEnumerable<string> EtcEntries() =>
        SharedEtc.Select(name => $"/etc/{name}")
            .Concat(Directory.EnumerateDirectories("/etc").Where(path => SharedEtcPrefixes.Any(prefix => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal))))
            .Where(Path.Exists)
            .Distinct(StringComparer.Ordinal);

    private sealed class OperationList
    {
        private readonly List<byte> _bytes = [];

        public void Folder(string path) => Add('d', path);

        public void Link(string target, string path) => Add('l', target, path);

        public void File(string path, string content) => Add('f', path, content);

        public void Bind(string source, string path) => Add('b', source, path);

        public void Device(string source, string path) => Add('n', source, path);

        public byte[] ToArray() => [.. _bytes];

        private void Add(char what, params ReadOnlySpan<string> strings)
        {
            _bytes.Add((byte)what);
            foreach (var text in strings)
            {
                _bytes.AddRange(Encoding.UTF8.GetBytes(text));
                _bytes.Add(0);
            }
        }
    }
}
