using System.Text;
using Gavel.Core.Grading;
using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Running;
using Gavel.Sandbox;

namespace Gavel.Judging.Validators;

/// <summary>Runs the custom grader of a legacy package, in a cell: results of a group's children in, the group's result out.</summary>
internal sealed class GraderRunner(ISandbox sandbox, JudgePrograms programs)
{
    /// <summary>The grade; null when the grader failed or printed anything else.</summary>
    internal async Task<Grade?> RunAsync(Problem problem, TestGroup group, IReadOnlyList<Grade> children, CancellationToken cancellation)
    {
        if (problem.Grader is not { } grader)
            return null;

        var program = await programs.GetAsync(problem, grader, cancellation);
        var flags = group.Grading is GroupGrading.Legacy legacy ? legacy.GraderFlags : [];
        await using var cell = await sandbox.RentAsync(new() { Mounts = program.Mounts }, cancellation);
        var report = await cell.RunAsync(
            ProgramLauncher.ForJudgeProgram(program, problem.Limits, flags) with
            {
                Input = new CellInput.Memory(Encoding.UTF8.GetBytes(CustomGrader.Input(children))),
            },
            cancellation);
        return report is { Cause: TerminationCause.Exited, ExitCode: 0 } ? CustomGrader.Parse(Encoding.UTF8.GetString(report.Output.Content.Span)) : null;
    }
}
