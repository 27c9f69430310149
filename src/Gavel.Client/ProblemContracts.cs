namespace Gavel.Client;

/// <summary>One page of problems.</summary>
/// <param name="Items">The problems.</param>
/// <param name="Next">The slug that the next page starts after; null on the last one.</param>
public sealed record ProblemPage(IReadOnlyList<ProblemItem> Items, string? Next);

/// <summary>A problem in a list.</summary>
/// <param name="Slug">Its short name.</param>
/// <param name="Title">Its title.</param>
/// <param name="Version">Grows with every upload.</param>
/// <param name="Type">Words such as pass-fail, scoring, interactive.</param>
/// <param name="TimeLimitMs">CPU time per testcase in milliseconds; null when it is computed.</param>
/// <param name="MemoryBytes">Memory limit in bytes.</param>
/// <param name="Testcases">The number of testcases.</param>
public sealed record ProblemItem(string Slug, string Title, int Version, string Type, double? TimeLimitMs, long MemoryBytes, int Testcases);

/// <summary>A problem as contestants see it.</summary>
/// <param name="Slug">Its short name.</param>
/// <param name="Title">Its title.</param>
/// <param name="Version">Grows with every upload.</param>
/// <param name="Type">Words such as pass-fail, scoring, interactive.</param>
/// <param name="TimeLimitMs">CPU time per testcase in milliseconds; null when it is computed.</param>
/// <param name="MemoryBytes">Memory limit in bytes.</param>
/// <param name="OutputBytes">Output limit in bytes.</param>
/// <param name="SourceBytes">The most source code in bytes.</param>
/// <param name="Testcases">The number of testcases.</param>
/// <param name="Languages">Language ids it takes; null when it takes all.</param>
/// <param name="StatementLanguages">Languages of the statement.</param>
/// <param name="Statement">The statement as HTML; null when there is only a PDF.</param>
/// <param name="Samples">The samples.</param>
/// <param name="PackageHash">SHA-256 of the package.</param>
public sealed record ProblemDetails(
    string Slug, string Title, int Version, string Type, double? TimeLimitMs, long MemoryBytes, long OutputBytes, long SourceBytes, int Testcases,
    IReadOnlyList<string>? Languages, IReadOnlyList<string> StatementLanguages, string? Statement, IReadOnlyList<Sample> Samples, string PackageHash);

/// <summary>A sample.</summary>
/// <param name="Name">Its name in the package.</param>
/// <param name="Input">What the program reads; null for a conversation.</param>
/// <param name="Output">What it may print; null for a conversation.</param>
/// <param name="Interaction">The conversation, in interactive problems.</param>
public sealed record Sample(string Name, string? Input, string? Output, IReadOnlyList<InteractionTurn>? Interaction = null);

/// <summary>A line of a conversation.</summary>
/// <param name="Speaker"><c>submission</c>, <c>judge</c> or <c>nextPass</c>.</param>
/// <param name="Text">What is said.</param>
public sealed record InteractionTurn(string Speaker, string Text);

/// <summary>What became of an uploaded package.</summary>
/// <param name="Slug">The problem.</param>
/// <param name="Title">Its title.</param>
/// <param name="Version">The version it is now.</param>
/// <param name="PackageHash">SHA-256 of the canonical archive.</param>
/// <param name="Testcases">The number of testcases.</param>
/// <param name="Warnings">What deserves the setter's attention.</param>
public sealed record StoredProblem(string Slug, string Title, int Version, string PackageHash, int Testcases, IReadOnlyList<PackageIssue> Warnings);

/// <summary>Something about a package, with its place.</summary>
/// <param name="File">Path inside the package.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Message">What is wrong and how to mend it.</param>
public sealed record PackageIssue(string File, int? Line, string Message);

/// <summary>A language of the server.</summary>
/// <param name="Id">What a submission names it by.</param>
/// <param name="Name">For people.</param>
/// <param name="Version">What the toolchain calls itself; null where it is not installed.</param>
/// <param name="Available">True when the server's host can judge it.</param>
/// <param name="Extensions">File name endings, with the dot.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="SourceName">What a single source file is called while it is compiled.</param>
public sealed record LanguageInfo(
    string Id, string Name, string? Version, bool Available, IReadOnlyList<string> Extensions, IReadOnlyList<string> Aliases, string SourceName);
