namespace Gavel.Core.Problems;

/// <summary>A test group: a folder of testcases and further groups. The root is <c>data</c> itself.</summary>
/// <param name="Name">Path below <c>data</c>, with <c>/</c>; empty for the root, else for example <c>secret/group1</c>.</param>
/// <param name="Testcases">The cases directly in this group, by name.</param>
/// <param name="Groups">The groups directly in this group; in the root, <c>sample</c> before <c>secret</c>, else by name.</param>
public sealed record TestGroup(string Name, IReadOnlyList<Testcase> Testcases, IReadOnlyList<TestGroup> Groups)
{
    /// <summary>How the results inside become this group's result.</summary>
    public GroupGrading Grading { get; init; } = new GroupGrading.AllMustPass();

    /// <summary>Names of groups (or <c>sample</c>) in which every testcase must be accepted, or this one is not judged (2025-09 <c>require_pass</c>).</summary>
    public IReadOnlyList<string> RequirePass { get; init; } = [];

    /// <summary>The static validation testcase of this group, if it has one.</summary>
    public StaticValidation? StaticValidation { get; init; }

    /// <summary>Every testcase in this group and below, in judging order.</summary>
    public IEnumerable<Testcase> AllTestcases => Children.SelectMany(child => child switch
    {
        TestGroup group => group.AllTestcases,
        Testcase testcase => [testcase],
        _ => [],
    });

    /// <summary>This group and every group below, parents first.</summary>
    public IEnumerable<TestGroup> SelfAndGroups => Groups.SelectMany(g => g.SelfAndGroups).Prepend(this);

    /// <summary>
    /// The testcases and groups directly in this group, in judging order: by name, ordinally, except that <c>sample</c> comes first.
    /// Each element is a <see cref="Testcase"/> or a <see cref="TestGroup"/>.
    /// </summary>
    public IEnumerable<object> Children => Name.Length == 0
        ? [.. Testcases, .. Groups]
        : Testcases.Select(t => (t.Name, Child: (object)t)).Concat(Groups.Select(g => (g.Name, Child: (object)g)))
            .OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => c.Child);
}
