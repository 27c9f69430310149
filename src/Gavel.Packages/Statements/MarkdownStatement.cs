using Gavel.Core.Problems;
using Gavel.Packages.Reading;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Gavel.Packages.Statements;

/// <summary>Converts a 2025-09 Markdown statement: CommonMark with tables, footnotes, math and constants. The result is not safe yet.</summary>
internal static class MarkdownStatement
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder()
        .UseMathematics().UsePipeTables().UseGridTables().UseFootnotes().UseEmphasisExtras().UseFigures().UseAutoLinks().Build();

    public static string Convert(string source, string path, PackageConstants constants, PackageIssues issues)
    {
        var text = constants.Substitute(source)
            .Replace("{{nextsample}}", SamplePlacement.Next, StringComparison.Ordinal)
            .Replace("{{remainingsamples}}", SamplePlacement.Remaining, StringComparison.Ordinal);
        try
        {
            using var writer = new StringWriter();
            var renderer = new HtmlRenderer(writer);
            s_pipeline.Setup(renderer);
            renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new InlineMath());
            renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new BlockMath());
            renderer.Render(Markdown.Parse(text, s_pipeline));
            return writer.ToString();
        }
        catch (ArgumentException e)
        {
            // Markdig gives up on absurd nesting rather than overflow its stack.
            issues.Error(path, null, $"The Markdown cannot be converted: {e.Message}");
            return $"<pre>{HtmlText.Encode(text)}</pre>";
        }
    }

    private sealed class InlineMath : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline obj)
        {
            var (open, close, kind) = obj.DelimiterCount == 2 ? ("\\[", "\\]", "display") : ("\\(", "\\)", "inline");
            renderer.Write($"<span class=\"math {kind}\">{open}").WriteEscape(ref obj.Content).Write(close).Write("</span>");
        }
    }

    private sealed class BlockMath : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock obj)
        {
            renderer.EnsureLine();
            renderer.Write("<div class=\"math display\">\\[");
            renderer.WriteLeafRawLines(obj, writeEndOfLines: true, escape: true);
            renderer.Write("\\]</div>");
            renderer.EnsureLine();
        }
    }
}
