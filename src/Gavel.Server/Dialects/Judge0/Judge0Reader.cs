using System.Globalization;
using System.Text;
using System.Text.Json;
using Gavel.Core.Judgings;
using Gavel.Judging.Languages;
using Gavel.Server.Webhooks;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>Reads a submission from its parameters, with Judge0's defaults, coercions and messages.</summary>
internal sealed class Judge0Reader(Judge0Languages languages, Judge0Options options, ServerOptions server, WebhookTarget target)
{
    private const int LongestText = 512;

    /// <summary>The request, or the messages by field.</summary>
    public (Judge0Request? Request, Dictionary<string, List<string>> Errors) Read(IReadOnlyDictionary<string, JsonElement> parameters, bool base64)
    {
        var errors = new Dictionary<string, List<string>>();
        void Error(string field, string message) => (errors.TryGetValue(field, out var list) ? list : errors[field] = []).Add(message);

        byte[]? Bytes(string field) => Text(parameters, field) is not { } text ? null : base64 ? RubyBase64.Decode(text) : Encoding.UTF8.GetBytes(text);

        decimal Number(Judge0Bounds.Bound bound)
        {
            if (!parameters.TryGetValue(bound.Field, out var given) || given.ValueKind is JsonValueKind.Null || given.ValueKind is JsonValueKind.String && given.GetString() is "")
                return bound.Default;

            var text = given.ValueKind is JsonValueKind.String ? given.GetString()! : given.GetRawText();
            if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                Error(bound.Field, "is not a number");
                return bound.Default;
            }

            if (value < bound.Least)
                Error(bound.Field, bound.Counts ? "must be greater than 0" : string.Create(CultureInfo.InvariantCulture, $"must be greater than or equal to {bound.Least}"));
            if (value > bound.Most)
                Error(bound.Field, string.Create(CultureInfo.InvariantCulture, $"must be less than or equal to {bound.Most}"));
            return bound.Integer ? Math.Truncate(value) : value;
        }

        string? Short(string field, bool allowed)
        {
            if (Text(parameters, field) is not { Length: > 0 } text)
                return null;
            if (!allowed)
                Error(field, "setting " + field.Replace('_', ' ') + " is not allowed");
            if (text.Length > LongestText)
                Error(field, $"is too long (maximum is {LongestText} characters)");
            return text;
        }

        var language = ReadLanguage(parameters, Error);
        var multiFile = language?.Id == Judge0Language.MultiFile;
        var source = Bytes("source_code");
        if (multiFile && source is { Length: > 0 })
            Error("source_code", "must be blank");
        if (!multiFile && source is not { Length: > 0 })
            Error("source_code", "can't be blank");
        if (source?.Length > server.MaximumSourceBytes)
            Error("source_code", $"is too large (maximum is {server.MaximumSourceBytes} bytes)");

        var additional = Text(parameters, "additional_files") is { Length: > 0 } zip ? RubyBase64.Decode(zip) : null;
        if (additional is not null && !options.EnableAdditionalFiles)
            Error("additional_files", "setting additional files is not allowed");
        if (multiFile && additional is null)
            Error("additional_files", "can't be blank");
        if (additional is not null && Judge0Archive.Read(additional) is null)
            Error("additional_files", $"cannot be extracted: a zip of at most {Judge0Bounds.ExtractSize} KB is expected");

        var callback = Text(parameters, "callback_url");
        if (callback is { Length: > 0 } && !options.EnableCallbacks)
            Error("callback_url", "setting callback is not allowed");
        else if (callback is { Length: > 0 } && (!Uri.TryCreate(callback, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
            Error("callback_url", "is not a valid URL");
        else if (callback is { Length: > 0 } && target.WhyBad(callback) is { } reason)
            Error("callback_url", $"cannot be called: {reason}");

        var compilerOptions = Short("compiler_options", options.EnableCompilerOptions);
        if (compilerOptions is not null && language?.Language is { } compiled)
        {
            if (compiled is { KeepsSources: true } or { Compile.Count: 0 })
                Error("compiler_options", "setting compiler options is only allowed for compiled languages");
            else if (BuildChoices.WhyNot(compiled, [], BuildChoice.Of(null, Judge0Words.Split(compilerOptions))) is { } refusal)
                Error("compiler_options", refusal.Explanation);
        }

        var request = new Judge0Request
        {
            SourceCode = source,
            LanguageId = language?.Id ?? 0,
            CompilerOptions = compilerOptions,
            CommandLineArguments = Short("command_line_arguments", options.EnableArguments),
            Stdin = Bytes("stdin"),
            ExpectedOutput = Bytes("expected_output"),
            CpuTimeLimit = Number(Judge0Bounds.CpuTime),
            CpuExtraTime = Number(Judge0Bounds.CpuExtraTime),
            WallTimeLimit = Number(Judge0Bounds.WallTime),
            MemoryLimit = (int)Number(Judge0Bounds.Memory),
            StackLimit = (int)Number(Judge0Bounds.Stack),
            MaxProcesses = (int)Number(Judge0Bounds.Processes),
            PerProcessTimeLimit = Flag(parameters, "enable_per_process_and_thread_time_limit"),
            PerProcessMemoryLimit = Flag(parameters, "enable_per_process_and_thread_memory_limit"),
            MaxFileSize = (int)Number(Judge0Bounds.FileSize),
            NumberOfRuns = (int)Number(Judge0Bounds.Runs),
            RedirectStderr = Flag(parameters, "redirect_stderr_to_stdout"),
            EnableNetwork = Flag(parameters, "enable_network"),
            AdditionalFiles = additional,
            CallbackUrl = callback is { Length: > 0 } ? callback : null,
        };
        if (request.EnableNetwork)
            Error("enable_network", "enabling network is not allowed");

        return errors.Count == 0 ? (request, errors) : (null, errors);
    }

    public static string Archived(int language) => $"language with id {language} is archived and cannot be used anymore";

    public static bool Flag(IReadOnlyDictionary<string, JsonElement> parameters, string field) =>
        parameters.TryGetValue(field, out var value) && value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.String => value.GetString() is "true" or "1" or "t" or "on" or "TRUE" or "yes",
            JsonValueKind.Number => value.GetRawText() != "0",
            _ => false,
        };

    private Judge0Language? ReadLanguage(IReadOnlyDictionary<string, JsonElement> parameters, Action<string, string> error)
    {
        var text = Text(parameters, "language_id");
        if (string.IsNullOrWhiteSpace(text))
        {
            error("language_id", "can't be blank");
            return null;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) || languages.Find(id) is not { } language)
        {
            error("language_id", $"language with id {text} doesn't exist");
            return null;
        }

        if (language.Archived)
            error("language_id", Archived(id));
        return language;
    }

    private static string? Text(IReadOnlyDictionary<string, JsonElement> parameters, string field) =>
        !parameters.TryGetValue(field, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => value.GetRawText(),
        };
}
