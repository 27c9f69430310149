using System.Security.Cryptography;

namespace Gavel.Judging.Checkers;

/// <summary>
/// Hashes of byte sequences under a key that is drawn anew for every comparison, so that nobody can write an output that collides: the polynomial with the
/// bytes as coefficients, modulo 2^61 - 1. Two different sequences of n bytes agree with a probability below n / 2^61.
/// </summary>
internal sealed class KeyedHash
{
    private const ulong Prime = (1UL << 61) - 1;
    private readonly ulong _point = Draw();
    private readonly ulong _first = Draw();
    private readonly ulong _second = Draw();

    /// <summary>The hash of a sequence that goes on by one byte; 0 is the hash of none.</summary>
    internal ulong Append(ulong hash, byte value)
    {
        var high = Math.BigMul(hash, _point, out var low);
        var sum = (low & Prime) + ((low >> 61) | (high << 3)) + value + 1;
        sum = (sum & Prime) + (sum >> 61);
        return sum >= Prime ? sum - Prime : sum;
    }

    /// <summary>The hash of a sequence that goes on by these bytes.</summary>
    internal ulong Append(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            hash = Append(hash, value);
        return hash;
    }

    /// <summary>
    /// Scatters a hash, so that a sum of scattered hashes stands for a collection whatever its order: without it, moving bytes from one item to
    /// another would leave the sum as it is.
    /// </summary>
    internal UInt128 Scatter(ulong hash) => new(Mix(hash ^ _first), Mix(hash + _second));

    // Twice the finaliser of a well-known generator (splitmix64), with a key before each round.
    private ulong Mix(ulong value)
    {
        for (var round = 0; round < 2; round++)
        {
            value += 0x9e3779b97f4a7c15 ^ _second;
            value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
            value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
            value ^= value >> 31;
            value ^= _first;
        }

        return value;
    }

    private static ulong Draw() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) % (Prime - 2) + 1;
}
