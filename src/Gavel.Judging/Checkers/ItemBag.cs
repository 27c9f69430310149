using System.Buffers;
using Gavel.Core.Checking;

namespace Gavel.Judging.Checkers;

/// <summary>
/// A collection of tokens or lines of which only the number and a keyed sum are kept: two bags with other items agree with a probability below 2^-40
/// whatever the output, because nobody knows the key.
/// </summary>
internal sealed class ItemBag(CheckerRule.AnyOrder rule, KeyedHash hash)
{
    private const int LongestInteger = 32;

    private readonly SearchValues<byte> _separators = Whitespace.Of(rule.Separators);
    private readonly byte[] _token = new byte[LongestInteger];
    private int _tokenLength;
    private ulong _item;
    private bool _inToken;
    private bool _lineHasToken;
    private bool _lineHasByte;
    private UInt128 _sum;

    /// <summary>Items so far.</summary>
    internal long Count { get; private set; }

    /// <summary>The first token that has not the shape that is asked for.</summary>
    internal string? Malformed { get; private set; }

    internal bool Equals(ItemBag other) => Count == other.Count && _sum == other._sum;

    internal void Add(ReadOnlySpan<byte> text)
    {
        if (rule.Items == ItemKind.Characters)
        {
            AddCharacters(text);
            return;
        }

        while (!text.IsEmpty)
        {
            var end = text.IndexOfAny(_separators);
            var part = end < 0 ? text : text[..end];
            if (!part.IsEmpty)
                AddToToken(part);
            if (end < 0)
                return;

            Separate(text[end]);
            text = text[(end + 1)..];
        }
    }

    internal void End()
    {
        if (rule.Items != ItemKind.Characters)
            Separate((byte)'\n');
    }

    // The sum of the characters' own hashes tells bags of characters apart.
    private void AddCharacters(ReadOnlySpan<byte> text)
    {
        foreach (var value in text)
        {
            if (_separators.Contains(value))
                continue;

            _sum += hash.Scatter(hash.Append(0, value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value));
            Count++;
        }
    }

    private void AddToToken(ReadOnlySpan<byte> part)
    {
        // Between the tokens of a line there is one blank, whatever the output has.
        if (!_inToken && _lineHasToken)
            _item = hash.Append(_item, (byte)' ');
        _inToken = _lineHasToken = _lineHasByte = true;
        _item = hash.Append(_item, part);
        if (rule.Shape == TokenShape.Any)
            return;

        var kept = part[..Math.Min(part.Length, LongestInteger - _tokenLength)];
        kept.CopyTo(_token.AsSpan(_tokenLength));
        _tokenLength += kept.Length;
    }

    private void Separate(byte separator)
    {
        if (_inToken && rule.Shape != TokenShape.Any)
            CheckShape();
        _inToken = false;
        if (rule.Items == ItemKind.Tokens)
        {
            if (_lineHasToken)
                EndItem();
        }
        else if (separator is (byte)'\n' or (byte)'\r')
        {
            if (_lineHasToken || rule.Items == ItemKind.FilledLines && _lineHasByte)
                EndItem();
            _lineHasByte = false;
        }
        else
        {
            _lineHasByte = true;
        }
    }

    private void EndItem()
    {
        _sum += hash.Scatter(_item);
        Count++;
        _item = 0;
        _lineHasToken = false;
    }

    // The only shape asked for here: 64-bit integers.
    private void CheckShape()
    {
        var token = _token.AsSpan(0, _tokenLength);
        if (Malformed is null && !TokenMatcher.IsInt64(token))
            Malformed = TokenText.Quote(token);
        _tokenLength = 0;
    }
}
