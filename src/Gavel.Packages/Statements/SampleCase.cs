using System.Text;
using Gavel.Core.Problems;

namespace Gavel.Packages;

/// <summary>A sample as a statement shows it.</summary>
public abstract record SampleCase
{
    private SampleCase()
    {
    }

    /// <summary>An input and the output that goes with it. Texts longer than 64 KiB are cut.</summary>
    /// <param name="Name">The testcase, for example <c>sample/1</c>.</param>
    /// <param name="Input">What the submission reads.</param>
    /// <param name="Output">What it may print.</param>
    public sealed record Pair(string Name, string Input, string Output) : SampleCase;

    /// <summary>A conversation.</summary>
    /// <param name="Name">The testcase or file it comes from.</param>
    /// <param name="Lines">Who says what, in order.</param>
    public sealed record Interaction(string Name, IReadOnlyList<InteractionLine> Lines) : SampleCase;
}

/// <summary>A line of a sample interaction.</summary>
/// <param name="Speaker">Who writes it.</param>
/// <param name="Text">The line, without the mark of its speaker.</param>
public sealed record InteractionLine(InteractionSpeaker Speaker, string Text);

/// <summary>Who writes a line of a sample interaction.</summary>
public enum InteractionSpeaker
{
    /// <summary>The submission (<c>&gt;</c>).</summary>
    Submission,

    /// <summary>The judge (<c>&lt;</c>).</summary>
    Judge,

    /// <summary>Nobody: the next pass begins (<c>---</c>).</summary>
    NextPass,
}

/// <summary>Finds the samples to show with a statement.</summary>
public static class SampleCases
{
    private const int MaximumText = 64 << 10;

    /// <summary>The samples in order. Inputs and answers of interactive problems are never shown.</summary>
    public static IReadOnlyList<SampleCase> Of(Problem problem)
    {
        var interactive = problem.Type.HasFlag(ProblemType.Interactive);
        var samples = new List<(string Order, SampleCase Case)>();
        foreach (var testcase in problem.Testcases.Where(t => t.Sample))
        {
            if (testcase.Display.Interaction is { } interaction)
                samples.Add((testcase.Name, ReadInteraction(testcase.Name, interaction)));
            else if (!interactive)
                samples.Add((testcase.Name, new SampleCase.Pair(testcase.Name, Read(testcase.Display.Input ?? testcase.InputFile), Read(testcase.Display.Answer ?? testcase.OutputFile ?? testcase.AnswerFile))));
        }

        foreach (var file in problem.SampleInteractions)
        {
            var name = Path.ChangeExtension(Path.GetRelativePath(Path.Combine(problem.Folder, "data"), file), null);
            samples.Add((name, ReadInteraction(name, file)));
        }

        return [.. samples.OrderBy(s => s.Order, StringComparer.Ordinal).Select(s => s.Case)];
    }

    private static SampleCase.Interaction ReadInteraction(string name, string file) => new(name,
        [.. Read(file).Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0).Select(line => line[0] switch
        {
            '>' => new InteractionLine(InteractionSpeaker.Submission, line[1..]),
            '<' => new InteractionLine(InteractionSpeaker.Judge, line[1..]),
            _ => new InteractionLine(InteractionSpeaker.NextPass, ""),
        })]);

    private static string Read(string file)
    {
        using var stream = File.OpenRead(file);
        var bytes = new byte[MaximumText];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return stream.Length > MaximumText ? text + "…" : text;
    }
}
