using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Gavel.Judging.Checktestdata;

/// <summary>
/// Runs a Checktestdata program on an input. Both come from strangers: steps, numbers and patterns are bounded, and the language has neither files nor
/// processes, so it runs in this process.
/// </summary>
internal sealed partial class Interpreter
{
    private const long MaximumSteps = 200_000_000;
    private const int MaximumDigits = 10_000;
    private const int MaximumValues = 2_000_000;
    private readonly string _input;
    private readonly Dictionary<string, object> _variables = [];
    private readonly Dictionary<string, Regex> _patterns = [];
    private readonly CancellationToken _cancellation;
    private int _position;
    private long _steps;

    private Interpreter(string input, CancellationToken cancellation) => (_input, _cancellation) = (input, cancellation);

    /// <summary>Why the input is not accepted, with line and column; null when it is.</summary>
    /// <param name="program">The program.</param>
    /// <param name="input">The input, a character per byte.</param>
    /// <param name="cancellation">Ends a long run.</param>
    public static string? Check(IReadOnlyList<Command> program, string input, CancellationToken cancellation)
    {
        var interpreter = new Interpreter(input, cancellation);
        try
        {
            interpreter.Run(program);
            // The end of the file is expected even where the program does not say so.
            return interpreter._position == input.Length ? null : interpreter.Where("there is more input than the program describes");
        }
        catch (ChecktestdataMismatchException mismatch)
        {
            return interpreter.Where(mismatch.Message);
        }
    }

    private void Run(IReadOnlyList<Command> commands)
    {
        foreach (var command in commands)
            Run(command);
    }

    private void Run(Command command)
    {
        Step();
        switch (command)
        {
            case Command.Literal(_, var text):
                var expected = AsText(Value(text));
                if (string.CompareOrdinal(_input, _position, expected, 0, expected.Length) != 0)
                    throw new ChecktestdataMismatchException($"expected {Shown(expected)}");
                _position += expected.Length;
                break;
            case Command.EndOfFile:
                if (_position < _input.Length)
                    throw new ChecktestdataMismatchException("expected the end of the file");
                break;
            case Command.Int(_, var minimum, var maximum, var into):
                Store(into, Int(minimum, maximum));
                break;
            case Command.Float number:
                Store(number.Into, Float(number));
                break;
            case Command.Pattern(var line, var pattern, var into):
                Store(into, Match(AsText(Value(pattern)), line));
                break;
            case Command.Assert(var line, var test):
                if (!AsTruth(Value(test)))
                    throw new ChecktestdataMismatchException($"the assertion in line {line} of the program does not hold");
                break;
            case Command.Set(_, var assignments):
                foreach (var (variable, value) in assignments)
                    Store(variable, Value(value));
                break;
            case Command.Unset(_, var names):
                foreach (var key in _variables.Keys.Where(k => names.Contains(k.Split('[')[0])).ToList())
                    _variables.Remove(key);
                break;
            case Command.Repeat repeat:
                Repeat(repeat);
                break;
            case Command.If(_, var test, var then, var otherwise):
                Run(AsTruth(Value(test)) ? then : otherwise);
                break;
        }
    }

    private void Repeat(Command.Repeat repeat)
    {
        var count = repeat.Count is { } times ? AsWhole(Value(times)) : (BigInteger?)null;
        for (BigInteger i = 0; count is null || i < count; i++)
        {
            Step();
            if (repeat.Index is { } index)
                _variables[index] = i;
            if (repeat.While is { } test && !AsTruth(Value(test)))
                break;
            if (i > 0)
                Run(repeat.Separator);
            Run(repeat.Body);
        }
    }

    private BigInteger Int(Expression minimum, Expression maximum)
    {
        var start = _position;
        if (Peek() == '-')
            _position++;
        var digits = _position;
        while (char.IsAsciiDigit(Peek()))
            _position++;
        var length = _position - digits;
        if (length == 0 || length > MaximumDigits || _input[digits] == '0' && (length > 1 || digits > start))
            throw Back(start, "expected an integer without leading zeros");

        var value = BigInteger.Parse(_input.AsSpan(start, _position - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var (low, high) = (Value(minimum), Value(maximum));
        return Compare(value, low) >= 0 && Compare(value, high) <= 0 ? value : throw Back(start, $"{value} is not between {low} and {high}");
    }

    private double Float(Command.Float command)
    {
        var start = _position;
        if (Peek() == '-')
            _position++;
        var whole = Digits();
        var decimals = 0;
        if (Peek() == '.')
        {
            _position++;
            decimals = Digits();
            if (decimals == 0)
                throw Back(start, "expected digits behind the decimal point");
        }

        var scientific = Peek() is 'e' or 'E';
        if (scientific)
        {
            _position++;
            if (Peek() is '+' or '-')
                _position++;
            if (Digits() == 0)
                throw Back(start, "expected digits in the exponent");
        }

        // Unlike an integer, a number may have leading zeros.
        if (whole == 0 || _position - start > MaximumDigits)
            throw Back(start, "expected a number");
        if (command.Format == "SCIENTIFIC" && !scientific || command.Format == "FIXED" && scientific)
            throw Back(start, $"expected a number in {(command.Format == "FIXED" ? "fixed" : "scientific")} notation");
        if (command.LeastDecimals is { } least && Compare((BigInteger)decimals, Value(least)) < 0 || command.MostDecimals is { } most && Compare((BigInteger)decimals, Value(most)) > 0)
            throw Back(start, $"{decimals} decimals are too few or too many");

        var value = double.Parse(_input.AsSpan(start, _position - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        var (low, high) = (Value(command.Minimum), Value(command.Maximum));
        return Compare(value, low) >= 0 && Compare(value, high) <= 0 ? value : throw Back(start, $"the number is not between {low} and {high}");
    }

    private string Match(string pattern, int line)
    {
        if (!_patterns.TryGetValue(pattern, out var regex))
        {
            try
            {
                // Without backtracking: linear in the input, whatever the pattern.
                _patterns[pattern] = regex = new($@"\A(?:{pattern})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }
            catch (Exception error) when (error is ArgumentException or NotSupportedException)
            {
                throw new ChecktestdataMismatchException($"the pattern in line {line} of the program cannot be used: {error.Message}");
            }
        }

        if (regex.Match(_input, _position, _input.Length - _position) is not { Success: true } match)
            throw new ChecktestdataMismatchException($"the input does not match {Shown(pattern)}");
        _position += match.Length;
        return match.Value;
    }

    private void Store(Variable? variable, object value)
    {
        if (variable is null)
            return;
        if (_variables.Count >= MaximumValues)
            throw new ChecktestdataMismatchException($"the program keeps more than {MaximumValues} values");
        _variables[Key(variable)] = value;
    }

    private string Key(Variable variable) => variable.Indices.Count == 0 ? variable.Name : $"{variable.Name}[{string.Join(',', variable.Indices.Select(i => AsText(Value(i))))}]";

    private int Digits()
    {
        var start = _position;
        while (char.IsAsciiDigit(Peek()))
            _position++;
        return _position - start;
    }

    private char Peek() => _position < _input.Length ? _input[_position] : '\0';

    private void Step()
    {
        if (++_steps > MaximumSteps)
            throw new ChecktestdataMismatchException($"the program does not end within {MaximumSteps} steps");
        if (_steps % 65536 == 0)
            _cancellation.ThrowIfCancellationRequested();
    }

    private ChecktestdataMismatchException Back(int position, string message)
    {
        _position = position;
        return new(message);
    }

    private string Where(string message)
    {
        var before = _input.AsSpan(0, _position);
        return string.Create(CultureInfo.InvariantCulture, $"line {before.Count('\n') + 1}, column {_position - before.LastIndexOf('\n')}: {message}{(_position < _input.Length ? $", found {Shown(_input[_position..Math.Min(_input.Length, _position + 20)])}" : ", found the end of the file")}");
    }

    private static string Shown(string text)
    {
        var shown = new StringBuilder("'");
        foreach (var c in text.Length > 40 ? text[..40] + "…" : text)
            shown.Append(c switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", < ' ' => $"\\x{(int)c:x2}", _ => c.ToString() });
        return shown.Append('\'').ToString();
    }
}
