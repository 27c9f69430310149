using Gavel.Core.Checking;

namespace Gavel.Judging.Checkers;

/// <summary>Compares the same items in any order, in constant memory: what is equal from the beginning is left out, and of the rest a keyed sum is kept.</summary>
internal sealed class AnyOrderComparison : OutputComparison
{
    private readonly CheckerRule.AnyOrder _rule;
    private readonly AnswerReader _answer;
    private readonly ItemBag _outputBag;
    private readonly ItemBag _answerBag;
    private ByteOrderMark _mark;
    private bool _apart;
    private bool _inLine;

    internal AnyOrderComparison(string answerFile, CheckerRule.AnyOrder rule)
    {
        _rule = rule;
        _answer = new(answerFile);
        _mark = new(rule.SkipsByteOrderMark);
        var hash = new KeyedHash();
        (_outputBag, _answerBag) = (new(rule, hash), new(rule, hash));
    }

    protected override void Compare(ReadOnlySpan<byte> piece)
    {
        if (_mark.IsOpen)
            Take(_mark.Take(ref piece));
        Take(piece);
    }

    protected override void CompareEnd()
    {
        if (_mark.IsOpen)
            Take(_mark.Held);
        _outputBag.End();
        while (_answer.Fill(AnswerReader.WindowSize))
        {
            _answerBag.Add(_answer.Window);
            _answer.Advance(_answer.Window.Length);
        }

        _answerBag.End();
        var (things, thing) = _rule.Items switch
        {
            ItemKind.Tokens => ("tokens", "token"),
            ItemKind.Lines or ItemKind.FilledLines => ("lines", "line"),
            ItemKind.Characters => ("characters", "character"),
        };
        if (_answerBag.Malformed is { } malformed)
            Fail($"the judge answer has {malformed}, which is not a 64-bit integer");
        else if (_outputBag.Malformed is { } wrong)
            Reject($"{wrong} is not a 64-bit integer");
        else if (_outputBag.Count != _answerBag.Count)
            Reject($"{_outputBag.Count} {things} where the answer has {_answerBag.Count}, equal beginnings left out");
        else if (!_outputBag.Equals(_answerBag))
            Reject($"as many {things} as the answer, but another {thing} among them");
    }

    protected override void Dispose(bool disposing)
    {
        _answer.Dispose();
        base.Dispose(disposing);
    }

    // True when nothing in it has to be looked at.
    private bool IsPlain(ReadOnlySpan<byte> text) =>
        _rule.Shape == TokenShape.Any || text[PlainNumbers.Prefix(text, fractions: false)..].IndexOfAnyExcept(Whitespace.Of(_rule.Separators)) < 0;

    // In step, whole lines are left out (a line end ends every kind of item); a line that is cut by the end of a piece goes into both bags.
    private void Take(ReadOnlySpan<byte> piece)
    {
        while (!_apart && !piece.IsEmpty)
        {
            _answer.FillAhead(piece.Length);
            var equal = piece[..piece.CommonPrefixLength(_answer.Window)];
            var end = (_inLine ? equal.IndexOf((byte)'\n') : equal.LastIndexOf((byte)'\n')) + 1;
            if (end > 0)
                equal = equal[..end];
            if (_inLine || end == 0 || !IsPlain(equal))
            {
                _outputBag.Add(equal);
                _answerBag.Add(equal);
            }

            _apart = equal.IsEmpty;
            _inLine = end == 0;
            _answer.Advance(equal.Length);
            piece = piece[equal.Length..];
        }

        _outputBag.Add(piece);
    }
}
