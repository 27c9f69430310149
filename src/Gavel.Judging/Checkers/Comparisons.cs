using System.Diagnostics;
using Gavel.Core.Checking;
using Gavel.Core.Problems;

namespace Gavel.Judging.Checkers;

/// <summary>Makes the checker that a problem's outputs are compared with when it brings no output validator along.</summary>
public static class Comparisons
{
    /// <summary>The checker for one output.</summary>
    /// <param name="problem">Names its checker, or leaves it to the default one with the testcase's flags.</param>
    /// <param name="testcase">Whose answer the output is compared with.</param>
    /// <exception cref="FormatException">The package's checker or flags make no sense.</exception>
    public static OutputComparison For(Problem problem, Testcase testcase)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(testcase);
        var rule = problem.Checker is { } choice ? CheckerCatalogue.Rule(choice) : DefaultFlags.Parse(testcase.OutputValidatorFlags);
        return Create(testcase.AnswerFile, rule, problem.Type.HasFlag(ProblemType.Scoring));
    }

    /// <summary>The checker that carries out a rule.</summary>
    /// <param name="answerFile">The judge answer.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="scoring">True when outputs that are right in part earn points.</param>
    public static OutputComparison Create(string answerFile, CheckerRule rule, bool scoring = false) => rule switch
    {
        CheckerRule.Tokens tokens => new TokenComparison(answerFile, tokens with { DistanceIsScore = tokens.DistanceIsScore && scoring }),
        CheckerRule.Text text => new TextComparison(answerFile, text.Kind),
        CheckerRule.AnyOrder any => new AnyOrderComparison(answerFile, any),
        CheckerRule.LinePoints lines => new LinePointsComparison(answerFile, lines, scoring),
        _ => throw new UnreachableException($"Unmapped rule {rule}."),
    };
}
