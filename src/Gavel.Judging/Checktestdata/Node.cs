namespace Gavel.Judging.Checktestdata;

/// <summary>A command of a Checktestdata program, with the line it stands on.</summary>
internal abstract record Command(int Line)
{
    internal sealed record Literal(int Line, Expression Text) : Command(Line);

    internal sealed record EndOfFile(int Line) : Command(Line);

    internal sealed record Int(int Line, Expression Minimum, Expression Maximum, Variable? Into) : Command(Line);

    internal sealed record Float(int Line, Expression Minimum, Expression Maximum, Expression? LeastDecimals, Expression? MostDecimals, Variable? Into, string? Format) : Command(Line);

    internal sealed record Pattern(int Line, Expression Expression, Variable? Into) : Command(Line);

    internal sealed record Assert(int Line, Expression Test) : Command(Line);

    internal sealed record Set(int Line, IReadOnlyList<(Variable Variable, Expression Value)> Assignments) : Command(Line);

    internal sealed record Unset(int Line, IReadOnlyList<string> Names) : Command(Line);

    internal sealed record Repeat(int Line, string? Index, Expression? Count, Expression? While, IReadOnlyList<Command> Separator, IReadOnlyList<Command> Body) : Command(Line);

    internal sealed record If(int Line, Expression Test, IReadOnlyList<Command> Then, IReadOnlyList<Command> Else) : Command(Line);
}

/// <summary>Something with a value: a <see cref="System.Numerics.BigInteger"/>, a double, a text or a truth.</summary>
internal abstract record Expression
{
    internal sealed record Constant(object Value) : Expression;

    internal sealed record Read(Variable Variable) : Expression;

    internal sealed record Call(string Function, IReadOnlyList<Expression> Arguments, IReadOnlyList<string> Names) : Expression;

    internal sealed record Unary(char Operator, Expression Operand) : Expression;

    internal sealed record Binary(string Operator, Expression Left, Expression Right) : Expression;
}

/// <summary>A variable, or an element of one.</summary>
internal sealed record Variable(string Name, IReadOnlyList<Expression> Indices);

/// <summary>A program that is no Checktestdata.</summary>
internal sealed class ChecktestdataSyntaxException(int line, string message) : Exception($"line {line}: {message}");

/// <summary>An input that the program does not accept.</summary>
internal sealed class ChecktestdataMismatchException(string message) : Exception(message);
