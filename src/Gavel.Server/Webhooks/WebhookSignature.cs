using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gavel.Server.Webhooks;

/// <summary>
/// Signatures as the Standard Webhooks specification 1.0 has them, for which receivers find libraries: HMAC-SHA-256 over
/// <c>id.timestamp.body</c>, one <c>v1,BASE64</c> for each secret that is valid, separated by spaces.
/// </summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id", TimestampHeader = "webhook-timestamp", Header = "webhook-signature", SecretPrefix = "whsec_";

    public const int SecretBytes = 32;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>A secret as receivers keep it.</summary>
    public static string Text(byte[] secret) => SecretPrefix + Convert.ToBase64String(secret);

    public static string Sign(Guid id, DateTimeOffset at, ReadOnlySpan<byte> body, IEnumerable<byte[]> secrets)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")), .. body];
        return string.Join(' ', secrets.Select(s => "v1," + Convert.ToBase64String(HMACSHA256.HashData(s, signed))));
    }
}
