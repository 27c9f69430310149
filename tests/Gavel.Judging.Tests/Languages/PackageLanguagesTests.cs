using Gavel.Core.Problems;
using Gavel.Judging.Languages;

namespace Gavel.Judging.Tests.Languages;

public sealed class PackageLanguagesTests
{
    [Theory]
    [InlineData("prolog", "main :- read(X), write(X), nl.\n", "s.pl")]
    [InlineData("prolog", "% ships without any rule\nsum(1, 2, 3).\n", "s.pl")]
    [InlineData("prolog", "#!/usr/bin/swipl\n:- initialization(main).\nmain :- print('my $x = 1;').\n", "s.pl")]
    [InlineData("perl", "#!/usr/bin/env perl\nprint 1\n", "s.pl")]
    [InlineData("perl", "use strict;\nmy $x = <STDIN>;\n", "s.pl")]
    [InlineData("perl", "print \"hello\\n\";\n", "s.pl")]
    [InlineData("perl", "$_ = <>; @a = split; print $a[0] + $a[1], \"\\n\";\n", "s.pl")]
    [InlineData("perl", "package S; 1;\n", "s.pm")]
    [InlineData("perl", "main :- true.\n", "s.pl", "m.pm")]
    [InlineData("fsharp", "printfn \"1\"\n", "s.fs")]
    [InlineData("python3", "print(1)\n", "s.py")]
    [InlineData("python3", "#!/usr/bin/env python3\nprint(1)\n", "s.py")]
    public void The_table_of_the_package_formats_decides(string language, string text, params string[] names)
    {
        var (found, whyNot) = PackageLanguages.Of(LanguageTable.Default, Legacy, [.. names.Select(n => new Core.Judgings.SourceFile(n, System.Text.Encoding.UTF8.GetBytes(text)))]);

        Assert.Equal(language, found?.Id);
        Assert.Null(whyNot);
    }

    [Theory]
    [InlineData("legacy", "s.py2", "print 1\n", true)]
    [InlineData("2025-09", "s.py2", "print 1\n", true)]
    [InlineData("legacy", "s.py", "#!/usr/bin/env python2.7\nprint 1\n", true)]
    [InlineData("2025-09", "s.py", "#!/usr/bin/env python2.7\nprint 1\n", false)]
    public void Python_2_is_named_and_not_taken_for_python_3(string format, string name, string text, bool second)
    {
        var files = new[] { new Core.Judgings.SourceFile(name, System.Text.Encoding.UTF8.GetBytes(text)) };

        var (found, whyNot) = PackageLanguages.Of(LanguageTable.Default, Legacy with { FormatVersion = format }, files);

        Assert.Equal(second ? null : "python3", found?.Id);
        Assert.Equal(second, whyNot?.Contains("Python 2", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Python_2_runs_where_the_operator_has_added_it()
    {
        var table = new LanguageTable([.. LanguageTable.Default.Languages, LanguageTable.Default.Find("python3")! with { Id = "python2", Aliases = [], Extensions = [] }]);

        var (found, _) = PackageLanguages.Of(table, Legacy, [new("s.py2", "print 1\n"u8.ToArray())]);

        Assert.Equal("python2", found?.Id);
    }

    // The codes of the format's language table that this judge has.
    [Theory]
    [InlineData("ada", "bash", "c", "cobol", "cpp", "crystal", "csharp", "d", "elixir", "erlang", "forth", "fortran", "fsharp", "go", "haskell", "java", "javascript", "kotlin")]
    [InlineData("lisp", "lua", "nim", "objectivec", "ocaml", "octave", "pascal", "perl", "php", "prolog", "python3", "racket", "ruby", "rust", "scala", "typescript", "visualbasic")]
    public void Codes_of_the_format_are_ids_or_aliases(params string[] codes) => Assert.All(codes, code => Assert.NotNull(LanguageTable.Default.Find(code)));

    private static readonly Problem Legacy = new()
    {
        Slug = "test",
        Folder = "/nowhere",
        FormatVersion = "legacy",
        Type = ProblemType.PassFail,
        Names = new Dictionary<string, string> { ["en"] = "Test" },
        Limits = new(),
        Data = new("", [], []),
    };
}
