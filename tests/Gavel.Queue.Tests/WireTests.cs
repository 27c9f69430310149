using System.Text;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue.Wire;

namespace Gavel.Queue.Tests;

public sealed class WireTests
{
    private static readonly TestcaseResult Testcase = new(
        7, "secret/huge/01", Verdict.WrongAnswer, TimeSpan.FromMicroseconds(1234567), TimeSpan.FromSeconds(2), Bytes.FromMebibytes(1.5))
    {
        ExitCode = 0,
        JudgeMessage = "expected 4, got \0",
        Score = 0.25,
    };

    public static TheoryData<JudgingProgress> Steps =>
    [
        new JudgingProgress.Queued(),
        new JudgingProgress.Compiling(),
        new JudgingProgress.Running(100),
        new JudgingProgress.TestcaseFinished(100, Testcase),
        new JudgingProgress.Done(Verdict.JudgeError, null),
        new JudgingProgress.Done(Verdict.Accepted, 99.5),
    ];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Every_step_of_progress_survives_the_journey(JudgingProgress step)
    {
        Assert.Equal(step, JudgeJson.Read<JudgingProgress>(JudgeJson.Write(step)));
    }

    [Fact]
    public void A_job_survives_the_journey()
    {
        var submission = new JudgeJob(
            new JudgingId(Guid.NewGuid()), 3, Lane.Contest, "cpp", [new SourceFile("a.cpp", new byte[] { 0, 255 })],
            new JudgeWork.Submission(new PackageHash(new string('a', 64)), "hello", true));
        var run = submission with
        {
            Work = new JudgeWork.Run(new byte[] { 1, 2 }, ["x", ""], new RunLimits(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), new Bytes(3), new Bytes(4))),
        };

        Assert.Equivalent(submission, JudgeJson.Read<JudgeJob>(JudgeJson.Write(submission)), strict: true);
        Assert.Equivalent(run.Work, JudgeJson.Read<JudgeJob>(JudgeJson.Write(run)).Work, strict: true);
    }

    [Fact]
    public void A_newer_neighbours_extra_members_are_ignored()
    {
        var step = JudgeJson.Read<JudgingProgress>("""{"kind":"Running","total":3,"colour":"blue"}""");

        Assert.Equal(new JudgingProgress.Running(3), step);
    }

    [Fact]
    public void Source_files_survive_packing_and_text_gets_smaller()
    {
        SourceFile[] files =
        [
            new("Main.java", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("int answer = 42;\n", 500)))),
            new("empty", default),
            new("ünï/çode.bin", new byte[] { 0, 1, 2, 255 }),
        ];

        var packed = SourceBlob.Pack(files);
        var unpacked = SourceBlob.Unpack(packed);

        Assert.True(packed.Length < 1000);
        Assert.Equal(files.Select(f => (f.Name, Convert.ToHexString(f.Content.Span))), unpacked.Select(f => (f.Name, Convert.ToHexString(f.Content.Span))));
    }

    [Fact]
    public void What_the_author_chose_about_the_building_travels_with_the_files()
    {
        SourceFile[] files = [new("main.c", "int main;"u8.ToArray())];

        var plain = SourceBlob.Unpack(SourceBlob.Pack(files), out var nothing);
        var unpacked = SourceBlob.Unpack(SourceBlob.Pack(files, new BuildChoice("Main", ["-O3", "-DX=1"])), out var build);

        Assert.Null(nothing);
        Assert.Equal(("Main", "-O3 -DX=1"), (build!.EntryPoint, string.Join(' ', build.CompilerFlags)));
        Assert.Equal(("main.c", "main.c"), (Assert.Single(plain).Name, Assert.Single(unpacked).Name));
    }

    [Fact]
    public void Noise_is_stored_as_it_is()
    {
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);

        var unpacked = SourceBlob.Unpack(SourceBlob.Pack([new SourceFile("noise", noise)]));

        Assert.Equal(noise, unpacked[0].Content.ToArray());
    }

    [Fact]
    public void Any_damage_is_an_InvalidDataException_never_anything_else()
    {
        var packed = SourceBlob.Pack([new SourceFile("main.py", Encoding.UTF8.GetBytes("print('hello, hello, hello, hello')"))], new BuildChoice("main", ["-O2"]));
        var random = new Random(2);
        for (var i = 0; i < 5000; i++)
        {
            var damaged = packed.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);

            // Damage inside the text of a plain value cannot be told from another text; everything else must be this exception.
            var thrown = Record.Exception(() => SourceBlob.Unpack(damaged.AsMemory(0, random.Next(damaged.Length + 1))));

            Assert.True(thrown is null or InvalidDataException, $"{thrown}");
        }
    }
}
