using System.Globalization;
using System.Xml.Linq;

namespace Gavel.Packages.Import;

internal sealed partial class PolygonImporter
{
    /// <summary>The tests of validators and checkers become the format's cases for them: invalid inputs, and outputs that are valid or not.</summary>
    private void ReadProgramTests(XElement? assets)
    {
        var (inputs, outputs) = (0, 0);
        foreach (var (testset, test, index) in Tests(assets?.Elements("validators").Elements("validator")))
        {
            if (test.Attribute("verdict")?.Value.ToLowerInvariant() != "invalid" || FindTest(testset.Element("input-path-pattern")?.Value, index) is not { } input)
                continue;

            inputs++;
            writer.Copy(input, string.Create(CultureInfo.InvariantCulture, $"data/invalid_input/{inputs:000}.in"));
        }

        foreach (var (testset, test, index) in Tests(assets?.Elements("checker")))
        {
            var folder = test.Attribute("verdict")?.Value.ToLowerInvariant() switch { "ok" => "valid_output", "wrong-answer" or "presentation-error" => "invalid_output", _ => null };
            var files = new[] { ("input-path-pattern", "in"), ("answer-path-pattern", "ans"), ("output-path-pattern", "out") }.Select(p => (File: FindTest(testset.Element(p.Item1)?.Value, index), Extension: p.Item2)).ToList();
            if (folder is null || files.Exists(f => f.File is null))
            {
                writer.Refused("checker test", $"test {index} ({test.Attribute("verdict")?.Value}) has no counterpart, or its files are missing.");
                continue;
            }

            outputs++;
            foreach (var (file, extension) in files)
                writer.Copy(file!, string.Create(CultureInfo.InvariantCulture, $"data/{folder}/{outputs:000}.{extension}"));
        }

        if (inputs + outputs > 0)
            writer.Converted("tests of programs", $"{inputs} for the validator, {outputs} for the checker");
    }

    private static IEnumerable<(XElement Testset, XElement Test, int Index)> Tests(IEnumerable<XElement>? programs) =>
        (programs ?? []).Elements("testset").SelectMany(set => set.Elements("tests").Elements("test").Select((test, i) => (set, test, i + 1)));
}
