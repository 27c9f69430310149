using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.Options;

namespace Gavel.Server.Identity;

/// <summary>
/// Keys of a file outside of the database, which encrypt the ring of keys inside it: the database alone, or its backup, then opens neither sessions nor
/// webhook secrets. Each line holds one, 32 random bytes in base64; the first encrypts, all decrypt. Without a file nothing is encrypted.
/// </summary>
internal sealed class ProtectionKeyFile
{
    private const int KeyBytes = 32;
    private static readonly int s_tagBytes = AesGcm.TagByteSizes.MaxSize, s_nonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly XName s_protected = XName.Get("protected", "urn:gavel:protection");

    private readonly IReadOnlyList<(string Id, byte[] Key)> _keys;
    private readonly string? _file;

    private ProtectionKeyFile(string? file, IReadOnlyList<(string, byte[])> keys) => (_file, _keys) = (file, keys);

    /// <summary>Reads a file; null for none.</summary>
    /// <exception cref="OptionsValidationException">The file is not there, is not a file of keys, or can be read by everybody.</exception>
    public static ProtectionKeyFile Open(string? file)
    {
        if (file is null)
            return new(null, []);

        string text;
        try
        {
            using var handle = File.OpenHandle(file);
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(handle).HasFlag(UnixFileMode.OtherRead))
                throw Refusal($"{file} can be read by everybody on this machine. Let only the server's user: chmod 600 {file}");
            using var reader = new StreamReader(new FileStream(handle, FileAccess.Read));
            text = reader.ReadToEnd();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refusal($"{error.Message} It must be the file that this installation's other servers have; a new installation makes one: openssl rand -base64 32 > {file}");
        }

        var keys = text.Split('\n').Select((line, i) => (Line: line.Trim(), Number: i + 1)).Where(l => l.Line.Length > 0).Select(l => Read(file, l.Line, l.Number)).ToList();
        return keys.Count > 0 ? new(file, keys) : throw Refusal($"{file} is empty. A new installation makes a key: openssl rand -base64 32 > {file}");
    }

    /// <summary>True for an element that <see cref="Protect"/> would write differently: not encrypted, or with a key that is not the first any more.</summary>
    public bool IsStale(XElement stored) => _keys.Count > 0 && stored.Attribute("key")?.Value != _keys[0].Id;

    /// <summary>The element as it is stored under a name; itself when there is no file.</summary>
    public XElement Protect(XElement element, string name)
    {
        if (_keys.Count == 0)
            return element;

        var (id, key) = _keys[0];
        var plain = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        var sealedBytes = new byte[s_nonceBytes + s_tagBytes + plain.Length];
        var nonce = sealedBytes.AsSpan(0, s_nonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, s_tagBytes);
        cipher.Encrypt(nonce, plain, sealedBytes.AsSpan(s_nonceBytes + s_tagBytes), sealedBytes.AsSpan(s_nonceBytes, s_tagBytes), Encoding.UTF8.GetBytes(name));
        return new XElement(s_protected, new XAttribute("key", id), Convert.ToBase64String(sealedBytes));
    }

    /// <summary>The element that was stored under a name.</summary>
    /// <exception cref="OptionsValidationException">Its key is not in the file, or there is no file.</exception>
    /// <exception cref="CryptographicException">Somebody changed it.</exception>
    public XElement Unprotect(XElement stored, string name)
    {
        if (stored.Name != s_protected)
            return stored; // of before there was a file

        var id = stored.Attribute("key")?.Value;
        if (_keys.FirstOrDefault(k => k.Id == id).Key is not { } key)
            throw Refusal(_file is null
                ? $"not set, but this database was used with key {id} of such a file: sessions and webhook secrets cannot be read without it. Name the file that the other servers have."
                : $"{_file} holds {string.Join(", ", _keys.Select(k => $"key {k.Id}"))}, but this database was used with key {id}. Name the file that the other servers have, or add that key as another line.");

        try
        {
            var sealedBytes = Convert.FromBase64String(stored.Value);
            var plain = new byte[sealedBytes.Length - s_nonceBytes - s_tagBytes];
            using var cipher = new AesGcm(key, s_tagBytes);
            cipher.Decrypt(
                sealedBytes.AsSpan(0, s_nonceBytes), sealedBytes.AsSpan(s_nonceBytes + s_tagBytes), sealedBytes.AsSpan(s_nonceBytes, s_tagBytes), plain, Encoding.UTF8.GetBytes(name));
            return XElement.Parse(Encoding.UTF8.GetString(plain));
        }
        catch (Exception error) when (error is FormatException or OverflowException or AuthenticationTagMismatchException)
        {
            throw new CryptographicException($"The row '{name}' of protection_keys was changed by somebody without the key.", error);
        }
    }

    private static (string Id, byte[] Key) Read(string file, string line, int number)
    {
        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(line, key, out var length) && length == KeyBytes
            // The id tells keys apart and nothing about them.
            ? (Convert.ToHexStringLower(HMACSHA256.HashData(key, "Gavel.ProtectionKeyFile.Id"u8))[..8], key)
            : throw Refusal($"line {number} of {file} is not a key of {KeyBytes} bytes in base64, as openssl rand -base64 {KeyBytes} makes one.");
    }

    private static OptionsValidationException Refusal(string message) =>
        new(ServerOptions.Section, typeof(ServerOptions), [$"{ServerOptions.Section}:{nameof(ServerOptions.ProtectionKeyFile)}: {message}"]);
}
