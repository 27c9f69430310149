using Gavel.Cli.Output;
using Gavel.Testing;

namespace Gavel.Cli.Tests;

public sealed class CliReferenceTests
{
    [Fact]
    public void The_reference_page_is_what_the_commands_say()
    {
        var file = Path.Combine(Repository.Root, "docs", "reference", "cli.md");
        var generated = CliReference.Of(GavelCli.Commands(Terminal.Of(Stream.Null, Stream.Null, TextWriter.Null)));
        if (Environment.GetEnvironmentVariable("GAVEL_UPDATE_DOCS") == "1")
            File.WriteAllText(file, generated);

        Assert.Equal(generated, File.ReadAllText(file));
    }
}
