namespace Gavel.Judging.Checktestdata;

internal sealed partial class Parser
{
    // test := and ('||' and)*; tests bind weaker than comparisons.
    private Expression Test()
    {
        var left = And();
        while (TryTake("||"))
            left = new Expression.Binary("||", left, And());
        return left;
    }

    private Expression And()
    {
        var left = Comparison();
        while (TryTake("&&"))
            left = new Expression.Binary("&&", left, Comparison());
        return left;
    }

    private Expression Comparison()
    {
        if (++_depth > MaximumDepth)
            throw Error("expressions are nested too deeply");

        try
        {
            Skip();
            if (_position < source.Length && source[_position] == '!' && Peek(1) != '=')
            {
                _position++;
                return new Expression.Unary('!', Comparison());
            }

            var left = Sum();
            foreach (var symbol in new[] { "<=", ">=", "==", "!=", "<", ">" })
            {
                if (TryTake(symbol))
                    return new Expression.Binary(symbol, left, Sum());
            }

            return left;
        }
        finally
        {
            _depth--;
        }
    }

    private Expression Sum()
    {
        var left = Product();
        while (true)
        {
            if (TryTake('+'))
                left = new Expression.Binary("+", left, Product());
            else if (TryTake('-'))
                left = new Expression.Binary("-", left, Product());
            else
                return left;
        }
    }

    private Expression Product()
    {
        var left = Power();
        while (true)
        {
            if (TryTake('*'))
                left = new Expression.Binary("*", left, Power());
            else if (TryTake('/'))
                left = new Expression.Binary("/", left, Power());
            else if (TryTake('%'))
                left = new Expression.Binary("%", left, Power());
            else
                return left;
        }
    }

    private Expression Power()
    {
        if (++_depth > MaximumDepth)
            throw Error("expressions are nested too deeply");

        try
        {
            var left = Factor();
            return TryTake('^') ? new Expression.Binary("^", left, Power()) : left;
        }
        finally
        {
            _depth--;
        }
    }

    private Expression Factor()
    {
        if (++_depth > MaximumDepth)
            throw Error("expressions are nested too deeply");

        try
        {
            Skip();
            if (TryTake('-'))
                return new Expression.Unary('-', Factor());
            if (TryTake('('))
            {
                var inner = Test();
                Take(')');
                return inner;
            }

            if (_position < source.Length && source[_position] == '"')
                return new Expression.Constant(Text());
            if (_position < source.Length && char.IsAsciiDigit(source[_position]))
                return new Expression.Constant(Number());
            if (_position < source.Length && char.IsAsciiLetterUpper(source[_position]))
                return Call();
            return new Expression.Read(Variable());
        }
        finally
        {
            _depth--;
        }
    }

    private Expression.Call Call()
    {
        var name = Word();
        if (name is not ("STRLEN" or "CEIL" or "FLOOR" or "ROUND") && !s_tests.Contains(name))
            throw Error($"'{name}' is no function");
        if (name == "ISEOF")
            return new(name, [], []);

        Take('(');
        var (arguments, names) = (new List<Expression>(), new List<string>());
        if (name == "INARRAY")
        {
            arguments.Add(Sum());
            Take(',');
        }

        if (name is "UNIQUE" or "INARRAY")
        {
            names.Add(LowerWord());
            while (TryTake(','))
                names.Add(LowerWord());
        }
        else
            arguments.Add(Sum());
        Take(')');
        return new(name, arguments, names);
    }

    private Variable Variable()
    {
        var name = LowerWord();
        if (!TryTake('['))
            return new(name, []);

        var indices = new List<Expression> { Sum() };
        while (TryTake(','))
            indices.Add(Sum());
        Take(']');
        return new(name, indices);
    }
}
