using System.Text;
using Gavel.Core;
using Gavel.Sandbox;

namespace Gavel.Judging.Building;

/// <summary>Makes text of what a compiler wrote.</summary>
internal static class CompilerOutput
{
    /// <summary>Standard error, then standard output; without the cell's folders, cut at the given length.</summary>
    internal static string Text(ExecutionReport report, Bytes most)
    {
        var text = new StringBuilder();
        foreach (var part in new[] { report.ErrorOutput, report.Output })
        {
            text.Append(Encoding.UTF8.GetString(part.Content.Span));
            if (text.Length > 0 && text[^1] != '\n')
                text.Append('\n');
        }

        text.Replace("/w/", "").Replace("\0", "");
        if (text.Length > most.Count)
            text.Remove((int)most.Count, text.Length - (int)most.Count).Append("\n[cut here]\n");

        return text.ToString().TrimEnd();
    }

    /// <summary>Adds which limit ended the compilation.</summary>
    internal static string WithLimit(string output, ExecutionReport report)
    {
        var limit = report.Cause switch
        {
            TerminationCause.CpuLimit or TerminationCause.WallLimit => "The compilation took too long.",
            TerminationCause.MemoryLimit => "The compilation needed too much memory.",
            TerminationCause.OutputLimit => "The compiler wrote too much.",
            TerminationCause.ProcessLimit => "The compilation started too many processes.",
            TerminationCause.Exited or TerminationCause.Signalled or TerminationCause.SandboxFault => "The compilation failed.",
        };
        return output.Length == 0 ? limit : $"{output}\n{limit}";
    }
}
