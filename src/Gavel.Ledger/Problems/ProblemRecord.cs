using Gavel.Core;
using Gavel.Core.Problems;

namespace Gavel.Ledger;

/// <summary>A version of a problem as the ledger knows it; the rest is in the package.</summary>
/// <param name="Id">The problem.</param>
/// <param name="Slug">Its short name, unique within a tenant.</param>
/// <param name="Version">1 for the first upload.</param>
/// <param name="Package">The package of this version, in the blob store.</param>
/// <param name="Title">The title in English, or in whichever language comes first.</param>
/// <param name="Type">What kind of problem it is.</param>
/// <param name="TimeLimit">CPU time per testcase; null when it was left to be computed.</param>
/// <param name="Memory">Memory limit.</param>
/// <param name="Testcases">The number of testcases.</param>
/// <param name="CreatedAt">When this version was uploaded.</param>
public sealed record ProblemRecord(
    ProblemId Id, string Slug, int Version, PackageHash Package, string Title, ProblemType Type, TimeSpan? TimeLimit, Bytes Memory, int Testcases,
    DateTimeOffset CreatedAt);
