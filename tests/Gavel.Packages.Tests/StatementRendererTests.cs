namespace Gavel.Packages.Tests;

public sealed class StatementRendererTests
{
    private static readonly byte[] s_png = [0x89, 0x50, 0x4E, 0x47];

    private static RenderedStatement Latex(string source)
    {
        using var package = TestPackage.Legacy().With("problem_statement/problem.en.tex", source).With("problem_statement/img.png", s_png).With("problem_statement/part.tex", "included \\emph{text}\n");
        return StatementRenderer.Render(package.Read(), "en", name => "/assets/" + name)!;
    }

    private static RenderedStatement Markdown(string source, string yaml = "")
    {
        using var package = TestPackage.Modern(yaml).With("statement/problem.en.md", source).With("statement/img.png", s_png);
        return StatementRenderer.Render(package.Read(), "en", name => "/assets/" + name)!;
    }

    [Theory]
    [InlineData("a \\textbf{b} {\\it c} d", "<p>a <strong>b</strong> <em>c</em> d</p>")]
    [InlineData("one\n\ntwo", "<p>one</p>\n<p>two</p>")]
    [InlineData("a % comment $ } {\n  b", "<p>a b</p>")]
    [InlineData("``q'' -- --- \\ldots{} 50\\%~x", "<p>“q” – — … 50% x</p>")]
    [InlineData("G\\\"odel \\'{e} \\c{c} \\aa \\o", "<p>Gödel é ç åø</p>")]
    [InlineData("$x < y_{1}$", "<p><span class=\"math inline\">\\(x &lt; y_{1}\\)</span></p>")]
    [InlineData("$$a\\$b$$", "<div class=\"math display\">\\[a\\$b\\]</div>")]
    [InlineData("\\[ x \\]", "<div class=\"math display\">\\[x\\]</div>")]
    [InlineData("\\begin{align*} a &= b \\\\ c &= d \\end{align*}", "<div class=\"math display\">\\[\\begin{align*} a &amp;= b \\\\ c &amp;= d \\end{align*}\\]</div>")]
    [InlineData("\\section*{Input} x", "<h2>Input</h2>\n<p>x</p>")]
    [InlineData("\\begin{Output}x\\end{Output}", "<h2>Output</h2>\n<p>x</p>")]
    [InlineData("\\begin{itemize}\\item a\\item $b$\\end{itemize}", "<ul><li><p>a</p></li><li><p><span class=\"math inline\">\\(b\\)</span></p></li></ul>")]
    [InlineData("\\begin{verbatim}\n<b> \\x $\n\\end{verbatim}", "<pre>&lt;b&gt; \\x $\n</pre>")]
    [InlineData("\\verb|a_b| \\texttt{x}", "<p><code>a_b</code> <code>x</code></p>")]
    [InlineData("\\newcommand{\\n}[1]{\\emph{#1}!}\\n{x}", "<p><em>x</em>!</p>")]
    [InlineData("\\newcommand{\\R}{\\mathbb{R}}$x \\in \\R$", "<p><span class=\"math inline\">\\(x \\in \\mathbb{R}\\)</span></p>")]
    [InlineData("\\href{https://example.com/a}{here}", "<p><a href=\"https://example.com/a\" rel=\"nofollow noopener noreferrer\">here</a></p>")]
    [InlineData("\\input{part}", "<p>included <em>text</em></p>")]
    [InlineData("\\problemname{Hello}\nText", "<p>Text</p>")]
    [InlineData("\\illustration{0.4}{img}{A \\emph{dog}}", "<figure class=\"illustration\" style=\"width: 40%\"><img src=\"/assets/img.png\" alt=\"img\"><figcaption>A <em>dog</em></figcaption></figure>")]
    [InlineData("\\includegraphics[width=0.5\\textwidth]{img.png}", "<p><img src=\"/assets/img.png\" alt=\"\" style=\"width: 50%\"></p>")]
    public void The_latex_dialect_becomes_html(string source, string html)
    {
        var statement = Latex(source);

        Assert.Equal(html, statement.Html.Trim());
        Assert.Empty(statement.Issues);
    }

    [Fact]
    public void Tables_keep_their_alignment_spans_and_rules()
    {
        var statement = Latex("\\begin{tabular}{|l|r|}\n\\hline\na & $b \\& c$ \\\\ \\hline\n\\multicolumn{2}{c}{wide \\& high} \\\\\n\\end{tabular}");

        Assert.Equal(
            "<table class=\"bordered\"><tbody><tr><td>a</td><td class=\"right\"><span class=\"math inline\">\\(b \\&amp; c\\)</span></td></tr><tr><td class=\"center\" colspan=\"2\">wide &amp; high</td></tr></tbody></table>",
            statement.Html.Trim());
    }

    [Fact]
    public void An_unknown_command_is_reported_with_its_line_and_its_text_is_kept()
    {
        var statement = Latex("first\n\n\\frobnicate{kept}\n");

        Assert.Contains("kept", statement.Html, StringComparison.Ordinal);
        var issue = Assert.Single(statement.Issues);
        Assert.Equal(("problem_statement/problem.en.tex", 3), (issue.File, issue.Line));
    }

    [Fact]
    public void Markdown_has_math_tables_footnotes_images_and_constants()
    {
        var statement = Markdown("# Input\n$1 \\le n < {{max}}$ *now*[^1]\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n![dog](img.png)\n\n$$\nx^2\n$$\n\n[^1]: Foot.\n", "constants: {max: 10}\n");

        Assert.Contains("<span class=\"math inline\">\\(1 \\le n &lt; 10\\)</span> <em>now</em>", statement.Html, StringComparison.Ordinal);
        Assert.Contains("<td style=\"text-align: right\">2</td>", statement.Html, StringComparison.Ordinal);
        Assert.Contains("<img src=\"/assets/img.png\" alt=\"dog\">", statement.Html, StringComparison.Ordinal);
        Assert.Contains("<div class=\"math display\">\\[x^2\n\\]</div>", statement.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"#statement-fn:1\"", statement.Html, StringComparison.Ordinal);
        Assert.Contains("id=\"statement-fn:1\"", statement.Html, StringComparison.Ordinal);
        Assert.Empty(statement.Issues);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<img src=img.png onerror=alert(1)>")]
    [InlineData("<svg onload=alert(1)><script>alert(1)</script></svg>")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></math>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("<a href=\" java\nscript:alert(1)\">x</a>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](data:text/html,alert)")]
    [InlineData("<iframe src=\"https://example.com\"></iframe>")]
    [InlineData("<div style=\"background:url(javascript:alert(1))\">x</div>")]
    [InlineData("<form action=https://example.com><input onfocus=alert(1) autofocus></form>")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">")]
    [InlineData("<style>@import 'https://example.com';</style>")]
    [InlineData("<base href=https://example.com>")]
    [InlineData("$\\href{javascript:alert(1)}{x}</span><script>alert(1)</script>$")]
    [InlineData("<div id=\"x\" onclick=alert(1) class=\"evil\">x</div>")]
    public void Nothing_in_a_statement_can_run(string attack)
    {
        foreach (var html in new[] { Markdown(attack).Html, Latex(attack.Replace("\\", "\\textbackslash ", StringComparison.Ordinal)).Html })
        {
            using var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
            Assert.DoesNotContain(document.All, e => e.LocalName is "script" or "style" or "iframe" or "svg" or "math" or "form" or "input" or "base" or "object" or "noscript" && e.ParentElement?.LocalName != "html" && e.LocalName != "head");
            Assert.DoesNotContain(document.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                || a.Name is "href" or "src" && !(a.Value.StartsWith("https://", StringComparison.Ordinal) || a.Value.StartsWith("/assets/", StringComparison.Ordinal))
                || a.Value.Contains("url(", StringComparison.Ordinal) || a.Value == "evil");
        }
    }

    [Theory]
    [InlineData("../problem.yaml")]
    [InlineData("/etc/passwd")]
    [InlineData("https://example.com/x.png")]
    [InlineData("//example.com/x.png")]
    [InlineData("missing.png")]
    public void An_image_must_be_a_file_beside_the_statement(string source)
    {
        var statement = Markdown($"![alt]({source})");

        Assert.DoesNotContain("<img", statement.Html, StringComparison.Ordinal);
        Assert.Single(statement.Issues);
    }

    [Theory]
    [InlineData("../problem.yaml")]
    [InlineData("../../x.png")]
    [InlineData("problem.en.md")]
    [InlineData("")]
    [InlineData("a\0.png")]
    public void Assets_outside_the_statement_are_not_found(string name)
    {
        using var package = TestPackage.Modern().With("statement/img.png", s_png);
        var problem = package.Read();

        Assert.Null(StatementRenderer.FindAsset(problem, "en", name));
        Assert.NotNull(StatementRenderer.FindAsset(problem, "en", "img.png"));
    }

    [Fact]
    public void Including_a_file_cannot_leave_the_folder_or_go_round_in_circles()
    {
        using var package = TestPackage.Legacy().With("problem_statement/problem.en.tex", "\\input{../problem.yaml}\\input{a}").With("problem_statement/a.tex", "x\\input{a}").With("problem.yaml", "author: secret\n");

        var statement = StatementRenderer.Render(package.Read())!;

        Assert.DoesNotContain("secret", statement.Html, StringComparison.Ordinal);
        Assert.InRange(statement.Html.Length, 1, 1000);
    }

    [Fact(Timeout = 600_000)]
    public async Task Hostile_statements_end_in_time_and_in_little_memory()
    {
        await Task.Run(() =>
        {
            foreach (var latex in new[]
            {
                new string('{', 200_000), string.Concat(Enumerable.Repeat("\\begin{itemize}\\item ", 5_000)), string.Concat(Enumerable.Repeat("\\textbf{", 50_000)),
                "\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{\\a\\a}\\a", string.Concat(Enumerable.Repeat("$", 100_001)), "\\def\\x#1{#1#1#1#1#1#1#1#1}" + string.Concat(Enumerable.Repeat("\\x{", 40)) + "y",
                "\\", "\\begin", "\\begin{tabular}", "\\def", "\\verb", "\\newcommand", "\\item", "}}}}", "\\illustration", "%",
            })
                Assert.NotNull(Latex(latex).Html);

            foreach (var markdown in new[] { new string('>', 50_000), new string('[', 50_000), string.Concat(Enumerable.Repeat("<b a=1>", 20_000)) + string.Concat(Enumerable.Repeat("<p>", 20_000)), string.Concat(Enumerable.Repeat("<div>", 50_000)), new string('*', 50_000) })
                Assert.NotNull(Markdown(markdown).Html);
        }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Samples_go_where_the_author_put_them_and_the_rest_comes_after()
    {
        using var package = TestPackage.Modern().With("data/sample/2.in", "<in>\n").With("data/sample/2.ans", "out\n").With("data/sample/2.ans.statement", "shown\n")
            .With("statement/problem.en.md", "A\n\n{{nextsample}}\n\nB\n");

        var statement = StatementRenderer.Render(package.Read())!;

        Assert.Contains("<p>A</p>\n<div class=\"sample\"><div class=\"sample-input\"><h3>Sample Input 1</h3><pre>1\n</pre>", statement.Html, StringComparison.Ordinal);
        Assert.Equal(new SampleCase.Pair("sample/2", "<in>\n", "shown\n"), Assert.Single(statement.Samples));
    }

    [Fact]
    public void Interactions_are_shown_instead_of_inputs()
    {
        using var package = TestPackage.Legacy("validation: custom interactive\n").With("output_validators/v.py", "").With("data/sample/1.interaction", "<5\n>3\n---\n<done\n").With("data/sample/0.interaction", ">hi\n");

        var samples = SampleCases.Of(package.Read());

        Assert.Equal(["sample/0", "sample/1"], samples.Cast<SampleCase.Interaction>().Select(s => s.Name));
        Assert.Equal([InteractionSpeaker.Judge, InteractionSpeaker.Submission, InteractionSpeaker.NextPass, InteractionSpeaker.Judge], ((SampleCase.Interaction)samples[1]).Lines.Select(l => l.Speaker));
    }

    [Fact]
    public void The_wanted_language_is_chosen_or_else_english()
    {
        using var package = TestPackage.Legacy("name: Hello\n").With("problem_statement/problem.sv.tex", "\\begin{Input}hej\\end{Input}").With("problem_statement/problem.de.tex", "hallo");
        var problem = package.Read();

        Assert.Contains("<h2>Indata</h2>", StatementRenderer.Render(problem, "sv-SE")!.Html, StringComparison.Ordinal);
        Assert.Equal("de", StatementRenderer.Render(problem, "de")!.Language);
        Assert.Equal("en", StatementRenderer.Render(problem, "fr")!.Language);
    }
}
