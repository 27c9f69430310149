using System.Text.Json;
using Gavel.Judging.Languages;
using Gavel.Server.Dialects.Judge0;

namespace Gavel.Server.Tests;

/// <summary>Judge0's ids, against what it lists and against the languages of this server.</summary>
public sealed class Judge0LanguagesTests(GavelApp app) : IClassFixture<GavelApp>
{
    /// <summary>The active ids of 1.13.1, each with the beginning of its name.</summary>
    private static readonly Dictionary<int, string> s_active = new()
    {
        [43] = "Plain Text",
        [44] = "Executable",
        [45] = "Assembly (NASM",
        [46] = "Bash",
        [47] = "Basic (FBC",
        [48] = "C (GCC 7",
        [49] = "C (GCC 8",
        [50] = "C (GCC 9",
        [51] = "C# (Mono",
        [52] = "C++ (GCC 7",
        [53] = "C++ (GCC 8",
        [54] = "C++ (GCC 9",
        [55] = "Common Lisp (SBCL",
        [56] = "D (",
        [57] = "Elixir",
        [58] = "Erlang",
        [59] = "Fortran",
        [60] = "Go",
        [61] = "Haskell",
        [62] = "Java (OpenJDK 13",
        [63] = "JavaScript (Node.js 12",
        [64] = "Lua",
        [65] = "OCaml",
        [66] = "Octave",
        [67] = "Pascal",
        [68] = "PHP",
        [69] = "Prolog",
        [70] = "Python (2.7",
        [71] = "Python (3.8",
        [72] = "Ruby",
        [73] = "Rust",
        [74] = "TypeScript",
        [75] = "C (Clang",
        [76] = "C++ (Clang",
        [77] = "COBOL",
        [78] = "Kotlin",
        [79] = "Objective-C",
        [80] = "R (",
        [81] = "Scala",
        [82] = "SQL (SQLite",
        [83] = "Swift",
        [84] = "Visual Basic.Net",
        [85] = "Perl",
        [86] = "Clojure",
        [87] = "F#",
        [88] = "Groovy",
        [89] = "Multi-file program",
    };

    /// <summary>What Judge0 has and nothing here stands for.</summary>
    private static readonly int[] s_without = [43, 44, 47, 70, 83];

    [Fact]
    public async Task Every_id_of_the_protocol_is_there_with_its_name_and_1_to_42_are_archived()
    {
        var all = (await app.Http().GetAnswerAsync("judge0/languages/all")).Json.EnumerateArray().ToDictionary(l => l.GetProperty("id").GetInt32());

        Assert.All(s_active, known => Assert.StartsWith(known.Value, all[known.Key].GetProperty("name").GetString(), StringComparison.Ordinal));
        Assert.All(Enumerable.Range(1, 42), id => Assert.True(all[id].GetProperty("is_archived").GetBoolean()));
        Assert.Equal(s_without, s_active.Keys.Where(id => all[id].GetProperty("is_archived").GetBoolean()));
    }

    [Fact]
    public async Task Every_language_that_an_id_is_mapped_to_is_one_of_ours_and_speaks_the_same()
    {
        var languages = (LanguageTable)app.Services.GetService(typeof(LanguageTable))!;

        foreach (var (id, name, language) in Judge0Languages.Mapped.Where(m => m.Language is not null))
            Assert.True(id == 83 || languages.Find(language!)?.Id == language, $"{id} {name}: {language}");
        Assert.Equal(languages.Languages.Count, languages.Languages.Select(l => l.Id).Distinct().Count());

        var detail = (await app.Http().GetAnswerAsync("judge0/languages/45")).Json;
        Assert.Equal((45, JsonValueKind.String), (detail.GetProperty("id").GetInt32(), detail.GetProperty("run_cmd").ValueKind));
    }
}

/// <summary>A server that judges itself lists what it can judge, and nothing else.</summary>
public sealed class Judge0LanguagesHereTests(JudgeApp app) : IClassFixture<JudgeApp>
{
    [Fact]
    public async Task A_language_without_its_toolchain_is_archived_instead_of_waiting_for_ever()
    {
        var here = app.Services.GetService(typeof(Gavel.Server.Hosting.JudgedHere)) as Gavel.Server.Hosting.JudgedHere;
        var all = (await app.Http().GetAnswerAsync("judge0/languages/all")).Json.EnumerateArray().ToDictionary(l => l.GetProperty("id").GetInt32(), l => l.GetProperty("is_archived").GetBoolean());

        Assert.All(Judge0Languages.Mapped.Where(m => m.Language is not null), m => Assert.Equal(!here!.Languages.Contains(m.Language!), all[m.Id]));
        Assert.False(all[71]);
    }
}
