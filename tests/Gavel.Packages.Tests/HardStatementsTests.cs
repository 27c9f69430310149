namespace Gavel.Packages.Tests;

/// <summary>Statements as people really write them.</summary>
public sealed class HardStatementsTests
{
    [Theory]
    [InlineData(@"\newcommand{\pair}[2]{(#1, \textbf{#2})}\newcommand{\twice}[1]{\pair{#1}{#1}}\twice{x}", "(x, <strong>x</strong>)")]
    [InlineData(@"\newcommand{\range}[2][1]{$#1 \le x \le #2$}\range{9} and \range[0]{5}", @"\(1 \le x \le 9\)</span> and <span class=""math inline"">\(0 \le x \le 5\)")]
    [InlineData(@"\newcommand{\N}{\ensuremath{\mathbb{N}}}all of \N", @"all of <span class=""math inline"">\(\mathbb{N}\)</span>")]
    [InlineData(@"\let\strong\textbf \strong{x}", "<strong>x</strong>")]
    [InlineData(@"\iffalse hidden \fi shown", "<p>shown</p>")]
    [InlineData("\\begin{verbatim}\ncosts $5 {\n\\end{verbatim}\nafter $x$", "<pre>costs $5 {\n</pre>\n<p>after <span class=\"math inline\">\\(x\\)</span></p>")]
    [InlineData("\\begin{itemize}\n\\item \\begin{lstlisting}\nif (x) { % \\item\n\\end{lstlisting}\n\\item second\n\\end{itemize}", "second</p></li></ul>")]
    [InlineData(@"\begin{itemize}\item \verb|{| \item b\end{itemize}", "<code>{</code></p></li><li><p>b</p></li></ul>")]
    [InlineData(@"$x \text{ if $y$ holds}$ end", @"\(x \text{ if $y$ holds}\)</span> end")]
    [InlineData("costs \\$5 and $a$\n\nbroken $b {\n\nnext", "next")]
    [InlineData(@"a\footnote{one} \begin{tabular}{c}b\footnote{two}\end{tabular}", @"#statement-fn2"" rel=""nofollow noopener noreferrer"">2</a>")]
    [InlineData(@"\href{https://example.com/a\#b?x=1\&y=2}{\textbf{here}}", @"<a href=""https://example.com/a#b?x=1&amp;y=2""")]
    [InlineData(@"\lstinline[language=C]|a{b| and \lstinline{c}", "<code>a{b</code> and <code>c</code>")]
    [InlineData(@"\begin{tabular}{|*{2}{c|}r|}\hline a & b & c\\ \hline \multicolumn{2}{|c|}{d} & e\\ \hline\end{tabular}", @"<td class=""center"" colspan=""2"">d</td><td class=""right"">e</td>")]
    [InlineData(@"\begin{tabular}{ll}\multirow{2}{*}{a} & b\\ & c\\ d & e\end{tabular}", @"<td rowspan=""2"">a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td><td>e</td></tr>")]
    [InlineData(@"\begin{tabular}{@{\hspace{1cm}}l>{\bfseries}p{3cm}c}a & b & c\end{tabular}", @"<td>a</td><td>b</td><td class=""center"">c</td>")]
    [InlineData(@"\includegraphics[width=5cm]{pic}", "width: 5cm")]
    [InlineData(@"\includegraphics[width=0.5\textwidth, angle=0]{pic.png}", "width: 50%")]
    [InlineData(@"\includegraphics[width=2in]{pic.png}", "width: 5.08cm")]
    [InlineData(@"and so on\ldots* text", "…* text")]
    [InlineData(@"\InputFile Two numbers. \OutputFile Their sum.", "<h2>Input</h2>\n<p>Two numbers.</p>\n<h2>Output</h2>")]
    [InlineData(@"\begin{framed}inside\end{framed}", @"<div class=""boxed""><p>inside</p></div>")]
    [InlineData(@"\textbf{bold \textit{both} \texttt{code $x_1$}}", @"<strong>bold <em>both</em> <code>code <span class=""math inline"">\(x_1\)</span></code></strong>")]
    [InlineData(@"\href{javascript:alert(1)}{x}", "x")]
    public void Latex_becomes_the_html_that_was_meant(string latex, string html)
    {
        using var package = TestPackage.Legacy("name: Hello\n").With("problem_statement/problem.en.tex", latex + "\n").With("problem_statement/pic.png", "");

        var rendered = StatementRenderer.Render(package.Read())!;

        Assert.Contains(Lines(html), Lines(rendered.Html), StringComparison.Ordinal);
        Assert.DoesNotContain("javascript", rendered.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(rendered.Issues, i => i.Message.Contains("not known", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(@"\problemname{$\epsilon$-Closeness}", "ε-Closeness")]
    [InlineData(@"\problemname{The \textbf{Big} Problem --- ``Again''}", "The Big Problem — “Again”")]
    [InlineData(@"\problemname{Sm\""org{\aa}s \& Caf\'e~\LaTeX}", "Smörgås & Café LaTeX")]
    [InlineData(@"\problemname{A $\le$ {B {C}}}", "A ≤ B C")]
    [InlineData("%% plainproblemname: Plain\n\\problemname{$x$}", "Plain")]
    [InlineData(@"\problemname{open", "open")]
    public void Titles_in_latex_become_plain_text(string latex, string title)
    {
        using var package = TestPackage.Legacy("author: A\n").With("problem_statement/problem.en.tex", latex + "\nText.\n");

        Assert.Equal(title, package.Read().Title());
    }

    [Fact]
    public void Footnotes_are_numbered_through_the_statement()
    {
        using var package = TestPackage.Legacy("name: x\n").With("problem_statement/problem.en.tex", "a\\footnote{one}\n\\begin{itemize}\\item b\\footnote{two}\\end{itemize}\nc\\footnote[9]{three}\n");

        var html = StatementRenderer.Render(package.Read())!.Html;

        Assert.True(html.IndexOf(">one<", StringComparison.Ordinal) < html.IndexOf(">two<", StringComparison.Ordinal) && html.IndexOf(">two<", StringComparison.Ordinal) < html.IndexOf(">three<", StringComparison.Ordinal));
        foreach (var i in Enumerable.Range(1, 3))
            Assert.Contains($"<a href=\"#statement-fn{i}\" rel=\"nofollow noopener noreferrer\">{i}</a>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("| a | b |\n|---|--:|\n| 1 | $x|y$ |\n", "<table>")]
    [InlineData("Text[^1].\n\n[^1]: Note.\n", "footnotes")]
    [InlineData("$$\n\\sum_{i=1}^n i\n$$\n", "<div class=\"math display\">\\[")]
    [InlineData("costs \\$5 and \\$6", "costs $5 and $6")]
    [InlineData("`$x$` is code", "<code>$x$</code>")]
    [InlineData("$a_1 * b_2 * c$", "\\(a_1 * b_2 * c\\)")]
    [InlineData("<b onclick=\"x()\">bold</b><script>alert(1)</script>", "<b>bold</b>")]
    [InlineData("At most {{n}} of {{unknown}}.", "At most 5 of {{unknown}}.")]
    [InlineData("{{nextsample}}\n\nthen\n\n{{remainingsamples}}", "then")]
    public void Markdown_becomes_the_html_that_was_meant(string markdown, string html)
    {
        using var package = TestPackage.Modern("constants: {n: 5}\n").With("statement/problem.en.md", markdown + "\n");

        var rendered = StatementRenderer.Render(package.Read())!;

        Assert.Contains(html, rendered.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", rendered.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_language_has_its_statement_and_others_fall_back_to_english()
    {
        using var package = TestPackage.Modern().With("problem.yaml", "problem_format_version: 2025-09\nname: {en: Hello, sv: Hej, pt-BR: Olá}\nuuid: x\n")
            .With("statement/problem.sv.tex", "\\begin{Input}Ett tal.\\end{Input}\n").With("statement/problem.pt-BR.md", "Um.\n");
        var problem = package.Read();

        Assert.Equal(("sv", "Hej"), (StatementRenderer.Render(problem, "sv")!.Language, StatementRenderer.Render(problem, "sv")!.Title));
        Assert.Equal("pt-BR", StatementRenderer.Render(problem, "pt")!.Language);
        Assert.Equal("en", StatementRenderer.Render(problem, "de")!.Language);
        Assert.Contains("<h2>Indata</h2>", StatementRenderer.Render(problem, "sv")!.Html, StringComparison.Ordinal);
    }

    private static string Lines(string text) => string.Concat(text.Where(c => c != '\n'));
}
