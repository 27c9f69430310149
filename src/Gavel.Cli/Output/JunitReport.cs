using System.Globalization;
using System.Text;
using System.Xml;
using Gavel.Judging.Verification;

namespace Gavel.Cli.Output;

/// <summary>
/// Verifications as JUnit XML, which CI systems show test by test: a suite per package; a case per submission, and one per kind of check. Warnings stand in
/// the suite's output and fail nothing.
/// </summary>
internal static class JunitReport
{
    private static readonly string[] s_checks =
        ["answer", "input-validator", "invalid-input", "invalid-output", "valid-output", "output-validator", "robustness", "model-solution", "statement", "build"];

    /// <summary>Writes the report, whole or not at all.</summary>
    public static void Write(string file, IReadOnlyList<VerificationDocument> packages)
    {
        var fresh = $"{file}.{Guid.NewGuid():n}";
        using (var xml = XmlWriter.Create(fresh, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = false }))
        {
            xml.WriteStartElement("testsuites");
            foreach (var package in packages)
                WriteSuite(xml, package);
            xml.WriteEndElement();
        }

        File.Move(fresh, file, overwrite: true);
    }

    private static void WriteSuite(XmlWriter xml, VerificationDocument package)
    {
        var cases = Cases(package).ToList();
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(package.Problem));
        xml.WriteAttributeString("tests", Number(cases.Count));
        xml.WriteAttributeString("failures", Number(cases.Count(c => c.Failures.Count > 0)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("time", Number(cases.Sum(c => c.Seconds)));
        foreach (var (group, name, seconds, failures) in cases)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", Clean($"{package.Problem}.{group}"));
            xml.WriteAttributeString("name", Clean(name));
            xml.WriteAttributeString("time", Number(seconds));
            if (failures.Count > 0)
            {
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("message", Clean(failures[0]));
                xml.WriteString(Clean(string.Join('\n', failures)));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        var remarks = (package.Warnings ?? []).Select(w => w.ToString()).Concat((package.Findings ?? []).Where(f => f.Severity == FindingSeverity.Warning).Select(f => f.Issue.ToString())).ToList();
        if (remarks.Count > 0)
            xml.WriteElementString("system-out", Clean(string.Join('\n', remarks.Select(r => $"warning: {r}"))));
        xml.WriteEndElement();
    }

    private static IEnumerable<(string Group, string Name, double Seconds, IReadOnlyList<string> Failures)> Cases(VerificationDocument package)
    {
        yield return ("package", "can be read", 0, [.. (package.Refusals ?? []).Select(i => i.ToString())]);
        if (package.Refusals is not null)
            yield break;

        var errors = (package.Findings ?? []).Where(f => f.Severity == FindingSeverity.Error).ToLookup(f => f.Check, f => f.Issue.ToString());
        foreach (var check in s_checks.Union(errors.Select(e => e.Key)))
            yield return ("checks", check, 0, [.. errors[check]]);
        foreach (var submission in package.Submissions ?? [])
            yield return ("submissions", submission.Submission, (submission.SlowestMs ?? 0) / 1000, submission.Matches ? [] : submission.Mismatches);
    }

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    // Validators say anything; XML cannot hold every character.
    private static string Clean(string text) => text.All(XmlConvert.IsXmlChar) ? text
        : string.Concat(text.EnumerateRunes().Select(r => r.Value > 0xFFFF || XmlConvert.IsXmlChar((char)r.Value) ? r.ToString() : $"\\x{r.Value:x2}"));
}
