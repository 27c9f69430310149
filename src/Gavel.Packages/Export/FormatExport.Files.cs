using Gavel.Core.Problems;
using Gavel.Packages.Configuration;

namespace Gavel.Packages.Export;

internal sealed partial class FormatExport
{
    private void CopyPrograms(string target, IReadOnlyList<JudgeProgram> programs)
    {
        foreach (var program in programs)
            CopyProgram(program, Directory.Exists(program.Path) ? $"{target}/{(program.Name == "output_validator" ? "validator" : program.Name)}" : $"{target}/{Path.GetFileName(program.Path)}");
    }

    private void CopyProgram(JudgeProgram program, string target)
    {
        if (!Directory.Exists(program.Path))
        {
            Copy(program.Path, target);
            return;
        }

        foreach (var file in program.Files)
            Copy(file, $"{target}/{Path.GetRelativePath(program.Path, file)}");
    }

    // Says what neither format has a word for; others do not read it.
    private void CopyGavelYaml()
    {
        var file = Path.Combine(problem.Folder, GavelYaml.FileName);
        if (!File.Exists(file))
            return;

        // The export may have something to say there itself.
        var written = Path.Combine(folder, GavelYaml.FileName);
        var own = File.Exists(written) ? File.ReadAllText(written) : "";
        Copy(file, GavelYaml.FileName);
        File.AppendAllText(written, own.Length > 0 ? "\n" + own : "");
    }

    private void CopyFolder(string source, string target)
    {
        var from = Path.Combine(problem.Folder, source);
        foreach (var file in Directory.Exists(from) ? Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories) : [])
            Copy(file, $"{target}/{Path.GetRelativePath(from, file)}");
    }

    private void Copy(string source, string target)
    {
        var path = Path.Combine(folder, target.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var text = (ReadOnlyMemory<byte>)File.ReadAllBytes(source);
        var substituted = _substitute && s_withConstants.Any(f => target.StartsWith(f, StringComparison.Ordinal)) ? problem.Constants.Substitute(text) : text;
        File.WriteAllBytes(path, substituted.ToArray());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, File.GetUnixFileMode(source) | UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void Write(string target, string text)
    {
        var path = Path.Combine(folder, target);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
