namespace Gavel.Sandbox.Tests;

/// <summary>Tests that count what this process holds (descriptors, memory): nothing else of it may run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>For <see cref="CollectionAttribute"/>.</summary>
    internal const string Name = "alone";
}
