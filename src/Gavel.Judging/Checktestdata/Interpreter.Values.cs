using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gavel.Judging.Checktestdata;

internal sealed partial class Interpreter
{
    private object Value(Expression expression)
    {
        Step();
        // A sum of a hundred thousand terms is a tree as deep.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ChecktestdataMismatchException("the program has an expression that is too long");
        switch (expression)
        {
            case Expression.Constant(var value):
                return value;
            case Expression.Read(var variable):
                return _variables.TryGetValue(Key(variable), out var known) ? known : throw new ChecktestdataMismatchException($"the program reads {Key(variable)}, which has no value");
            case Expression.Unary('!', var operand):
                return !AsTruth(Value(operand));
            case Expression.Unary(_, var operand):
                return Value(operand) switch { BigInteger whole => -whole, double number => -number, var other => throw Kind(other, "a number") };
            case Expression.Binary("&&", var left, var right):
                return AsTruth(Value(left)) && AsTruth(Value(right));
            case Expression.Binary("||", var left, var right):
                return AsTruth(Value(left)) || AsTruth(Value(right));
            case Expression.Binary(var symbol, var left, var right):
                return Calculate(symbol, Value(left), Value(right));
            case Expression.Call call:
                return Call(call);
            default:
                throw new ChecktestdataMismatchException("the program has an expression that cannot be evaluated");
        }
    }

    private object Call(Expression.Call call)
    {
        switch (call.Function)
        {
            case "ISEOF":
                return _position == _input.Length;
            case "STRLEN":
                return (BigInteger)AsText(Value(call.Arguments[0])).Length;
            case "MATCH":
                return _position < _input.Length && AsText(Value(call.Arguments[0])).Contains(_input[_position], StringComparison.Ordinal);
            case "CEIL" or "FLOOR" or "ROUND":
                return Value(call.Arguments[0]) switch
                {
                    double number when double.IsFinite(number) => new BigInteger(call.Function switch { "CEIL" => Math.Ceiling(number), "FLOOR" => Math.Floor(number), _ => Math.Round(number, MidpointRounding.AwayFromZero) }),
                    BigInteger whole => whole,
                    var other => throw Kind(other, "a number"),
                };
            case "INARRAY":
                var wanted = Value(call.Arguments[0]);
                return Elements(call.Names[0]).Any(e => Same(e.Value, wanted));
            default:
                // UNIQUE: the arrays side by side have no two equal rows.
                var rows = Elements(call.Names[0]).Select(e => string.Join('\0', call.Names.Select(n => AsText(_variables.GetValueOrDefault($"{n}[{e.Index}]") ?? throw new ChecktestdataMismatchException($"the arrays of UNIQUE differ at [{e.Index}]"))))).ToList();
                return rows.Distinct().Count() == rows.Count;
        }
    }

    private IEnumerable<(string Index, object Value)> Elements(string name)
    {
        foreach (var (key, value) in _variables)
        {
            Step();
            if (key.Length > name.Length && key[name.Length] == '[' && key.StartsWith(name, StringComparison.Ordinal))
                yield return (key[(name.Length + 1)..^1], value);
        }
    }

    private static object Calculate(string symbol, object left, object right)
    {
        switch (symbol)
        {
            case "==":
                return Same(left, right);
            case "!=":
                return !Same(left, right);
            case "<" or ">" or "<=" or ">=":
                var order = Compare(left, right);
                return symbol switch { "<" => order < 0, ">" => order > 0, "<=" => order <= 0, _ => order >= 0 };
        }

        if (left is BigInteger a && right is BigInteger b)
        {
            switch (symbol)
            {
                case "+":
                    return Bounded(a + b);
                case "-":
                    return Bounded(a - b);
                case "*":
                    return Bounded(a * b);
                case "/" or "%" when b.IsZero:
                    throw new ChecktestdataMismatchException("the program divides by zero");
                case "/":
                    return a / b;
                case "%":
                    return a % b;
                default:
                    return b >= 0 && b <= MaximumDigits && (a.GetBitLength() * (double)b) < MaximumDigits * 4.0 ? BigInteger.Pow(a, (int)b) : throw new ChecktestdataMismatchException("a power is too large");
            }
        }

        var (x, y) = (AsNumber(left), AsNumber(right));
        return symbol switch { "+" => x + y, "-" => x - y, "*" => x * y, "/" => x / y, "^" => Math.Pow(x, y), _ => throw new ChecktestdataMismatchException("% needs integers") };
    }

    private static BigInteger Bounded(BigInteger value) => value.GetBitLength() <= MaximumDigits * 4 ? value : throw new ChecktestdataMismatchException("a number is too large");

    private static bool Same(object left, object right) => left is string || right is string ? left is string a && right is string b && a == b : Compare(left, right) == 0;

    private static int Compare(object left, object right) => (left, right) switch
    {
        (BigInteger a, BigInteger b) => a.CompareTo(b),
        (string a, string b) => string.CompareOrdinal(a, b),
        _ => AsNumber(left).CompareTo(AsNumber(right)),
    };

    private static bool AsTruth(object value) => value is bool truth ? truth : throw Kind(value, "a test");

    private static BigInteger AsWhole(object value) => value is BigInteger whole ? whole : throw Kind(value, "an integer");

    private static double AsNumber(object value) => value switch { BigInteger whole => (double)whole, double number => number, _ => throw Kind(value, "a number") };

    private static string AsText(object value) => value switch { string text => text, BigInteger whole => whole.ToString(CultureInfo.InvariantCulture), double number => number.ToString("R", CultureInfo.InvariantCulture), _ => throw Kind(value, "a text") };

    private static ChecktestdataMismatchException Kind(object value, string expected) => new($"the program needs {expected} where it has {(value is string ? "a text" : value is bool ? "a test" : "a number")}");
}
