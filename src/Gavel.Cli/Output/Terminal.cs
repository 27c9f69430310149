using Spectre.Console;

namespace Gavel.Cli.Output;

/// <summary>Where a command reads and writes. Results go to standard output; whatever is said to a person on the way goes to standard error.</summary>
internal sealed class Terminal
{
    private const int WidthOfPipes = 160;

    private Terminal(Stream input, Stream output, TextWriter outputText, TextWriter errorText, bool outputIsTerminal, bool errorIsTerminal)
    {
        Input = input;
        RawOutput = output;
        OutputText = outputText;
        ErrorText = errorText;
        Output = ConsoleOn(outputText, outputIsTerminal);
        Error = ConsoleOn(errorText, errorIsTerminal);
        Interactive = errorIsTerminal;
    }

    public Stream Input { get; }

    public Stream RawOutput { get; }

    public TextWriter OutputText { get; }

    public TextWriter ErrorText { get; }

    /// <summary>Standard output with colours and tables, where it is a terminal.</summary>
    public IAnsiConsole Output { get; }

    /// <summary>Standard error likewise.</summary>
    public IAnsiConsole Error { get; }

    /// <summary>True when a person watches: progress may be drawn.</summary>
    public bool Interactive { get; }

    public static Terminal OfProcess()
    {
        var output = Console.OpenStandardOutput();
        return new(
            Console.OpenStandardInput(),
            output,
            new StreamWriter(output) { AutoFlush = true },
            new StreamWriter(Console.OpenStandardError()) { AutoFlush = true },
            !Console.IsOutputRedirected,
            !Console.IsErrorRedirected);
    }

    /// <summary>A terminal made of streams, as in a pipe.</summary>
    public static Terminal Of(Stream input, Stream output, TextWriter error) =>
        new(input, output, new StreamWriter(output) { AutoFlush = true }, error, outputIsTerminal: false, errorIsTerminal: false);

    /// <summary>Says something to the person, not to the program that reads the output.</summary>
    public void Note(string text) => ErrorText.WriteLine(text);

    private static IAnsiConsole ConsoleOn(TextWriter writer, bool terminal)
    {
        var console = AnsiConsole.Create(new()
        {
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!terminal)
            console.Profile.Width = WidthOfPipes;

        return console;
    }
}
