using Gavel.Core.Problems;

namespace Gavel.Packages.TestData;

/// <summary>What <c>data/</c> holds.</summary>
internal sealed record TestDataSet(TestGroup Root, IReadOnlyList<ValidatorCase> ValidatorCases, IReadOnlyList<string> SampleInteractions);
