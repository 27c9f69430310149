namespace Gavel.Core.Judgings;

/// <summary>What an author chose about the building of a program, beyond its sources. Whether the language allows it is decided before this is stored.</summary>
/// <param name="EntryPoint">Where the program starts: a class, or one of the files. Null: found by the language's rule.</param>
/// <param name="CompilerFlags">Flags for the compiler, one argument each, from the language's allow-list.</param>
public sealed record BuildChoice(string? EntryPoint, IReadOnlyList<string> CompilerFlags)
{
    /// <summary>The choice; null when nothing was chosen, which is what is stored and sent for nearly every program.</summary>
    public static BuildChoice? Of(string? entryPoint, IReadOnlyList<string>? compilerFlags) =>
        entryPoint is null && compilerFlags is null or [] ? null : new(entryPoint, compilerFlags ?? []);
}
