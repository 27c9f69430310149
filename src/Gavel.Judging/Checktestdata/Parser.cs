namespace Gavel.Judging.Checktestdata;

/// <summary>Reads the Checktestdata language (DOMjudge's grammar, version 1): commands with arguments in parentheses, blocks that END.</summary>
internal sealed partial class Parser(string source)
{
    private const int MaximumDepth = 100;
    private static readonly string[] s_tests = ["MATCH", "ISEOF", "UNIQUE", "INARRAY"];
    private int _position;
    private int _depth;

    /// <exception cref="ChecktestdataSyntaxException">With the line.</exception>
    public static IReadOnlyList<Command> Parse(string source)
    {
        var parser = new Parser(source);
        var commands = parser.Commands();
        parser.Skip();
        return parser._position == source.Length ? commands : throw parser.Error($"'{parser.Rest()}' is no command");
    }

    private int Line => 1 + source.AsSpan(0, Math.Min(_position, source.Length)).Count('\n');

    private List<Command> Commands()
    {
        if (++_depth > MaximumDepth)
            throw Error("blocks are nested too deeply");

        var commands = new List<Command>();
        while (true)
        {
            var start = SkipTo();
            var line = Line;
            var name = Word();
            if (name is "" or "END" or "ELSE")
            {
                _position = start;
                _depth--;
                return commands;
            }

            commands.Add(Command(name, line));
        }
    }

    private Command Command(string name, int line)
    {
        switch (name)
        {
            case "SPACE" or "NEWLINE":
                return new Command.Literal(line, new Expression.Constant(name == "SPACE" ? " " : "\n"));
            case "EOF":
                return new Command.EndOfFile(line);
            case "STRING":
                return new Command.Literal(line, Only());
            case "ASSERT":
                Take('(');
                var test = Test();
                Take(')');
                return new Command.Assert(line, test);
            case "REGEX":
                Take('(');
                var pattern = Sum();
                var into = TryTake(',') ? Variable() : null;
                Take(')');
                return new Command.Pattern(line, pattern, into);
            case "INT":
                Take('(');
                var minimum = Sum();
                Take(',');
                var maximum = Sum();
                var variable = TryTake(',') ? Variable() : null;
                Take(')');
                return new Command.Int(line, minimum, maximum, variable);
            case "FLOAT" or "FLOATP":
                return Float(name == "FLOATP", line);
            case "SET":
                return new Command.Set(line, Assignments());
            case "UNSET":
                Take('(');
                var names = new List<string> { LowerWord() };
                while (TryTake(','))
                    names.Add(LowerWord());
                Take(')');
                return new Command.Unset(line, names);
            case "REP" or "REPI" or "WHILE" or "WHILEI":
                return Repeat(name, line);
            case "IF":
                Take('(');
                var condition = Test();
                Take(')');
                var then = Commands();
                var otherwise = TryWord("ELSE") ? Commands() : [];
                End();
                return new Command.If(line, condition, then, otherwise);
            default:
                throw Error($"'{name}' is no command");
        }
    }

    private Command.Float Float(bool precision, int line)
    {
        Take('(');
        var minimum = Sum();
        Take(',');
        var maximum = Sum();
        Expression? least = null, most = null;
        if (precision)
        {
            Take(',');
            least = Sum();
            Take(',');
            most = Sum();
        }

        Variable? into = null;
        string? format = null;
        while (TryTake(','))
        {
            var start = SkipTo();
            var given = Word();
            if (given is "SCIENTIFIC" or "FIXED")
                format = given;
            else
            {
                _position = start;
                into = Variable();
            }
        }

        Take(')');
        return new(line, minimum, maximum, least, most, into, format);
    }

    private List<(Variable, Expression)> Assignments()
    {
        Take('(');
        var assignments = new List<(Variable, Expression)>();
        do
        {
            var variable = Variable();
            Take('=');
            assignments.Add((variable, Sum()));
        }
        while (TryTake(','));
        Take(')');
        return assignments;
    }

    private Command.Repeat Repeat(string name, int line)
    {
        Take('(');
        string? index = null;
        if (name.EndsWith('I'))
        {
            index = LowerWord();
            Take(',');
        }

        var loops = name.StartsWith("WHILE", StringComparison.Ordinal);
        var head = loops ? Test() : Sum();
        var separator = new List<Command>();
        if (TryTake(','))
        {
            SkipTo();
            var at = Line;
            separator.Add(Command(Word(), at));
        }

        Take(')');
        var body = Commands();
        End();
        return new(line, index, loops ? null : head, loops ? head : null, separator, body);
    }

    private Expression Only()
    {
        Take('(');
        var value = Sum();
        Take(')');
        return value;
    }
}
