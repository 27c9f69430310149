namespace Gavel.Architecture.Tests;

/// <summary>Who may depend on whom: docs/architecture.md, "Modules".</summary>
public sealed class DependencyRules
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Core"] = [],
        ["Sandbox"] = [],
        ["Packages"] = ["Core"],
        ["Judging"] = ["Core", "Packages", "Sandbox"],
        ["Queue"] = ["Core"],
        ["Queue.RabbitMq"] = ["Core", "Queue"],
        ["Blobs"] = ["Core"],
        ["Blobs.S3"] = ["Core", "Blobs"],
        ["Ledger"] = ["Core", "Queue", "Blobs"],
        ["Bench"] = ["Core", "Judging", "Queue", "Ledger", "Client"],
        ["ServiceDefaults"] = [],
        ["Client"] = [],
        ["Worker"] = ["Core", "Packages", "Sandbox", "Judging", "Queue", "Blobs", "ServiceDefaults"],
        ["Server"] = ["Core", "Packages", "Judging", "Queue", "Blobs", "Ledger", "Worker", "ServiceDefaults"],
        ["Cli"] = ["Core", "Packages", "Sandbox", "Judging", "Queue", "Queue.RabbitMq", "Blobs", "Blobs.S3", "Ledger", "Worker", "Server", "Client", "ServiceDefaults", "Bench"],
    };

    public static TheoryData<string> Projects => [.. SourceTree.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_its_layer_allows(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"Gavel.{project} is new: say in DependencyRules what it may reference.");

        var surplus = SourceTree.ProjectReferences(project).Except(allowed);

        Offenders.None(surplus);
    }

    [Theory]
    [InlineData("Core")]
    [InlineData("Sandbox")]
    [InlineData("Client")]
    public void The_innermost_projects_need_the_base_class_library_alone(string project)
    {
        Offenders.None(SourceTree.PackageReferences(project));
    }

    [Fact]
    public void The_worker_reaches_neither_the_server_nor_the_database()
    {
        var reachable = SourceTree.ReachableFrom("Worker");

        Assert.DoesNotContain("Server", reachable);
        Assert.DoesNotContain("Ledger", reachable);
        Assert.DoesNotContain("Npgsql", reachable.SelectMany(SourceTree.PackageReferences));
    }

    [Fact]
    public void The_server_names_sandbox_types_only_where_it_is_composed()
    {
        var offenders =
            from file in SourceTree.Files("src/Gavel.Server", ".cs", ".razor")
            where !SourceTree.Relative(file).StartsWith("src/Gavel.Server/Hosting/", StringComparison.Ordinal)
            where Path.GetFileName(file) is not "GavelServer.cs"
            where File.ReadAllText(file).Contains("Gavel.Sandbox", StringComparison.Ordinal)
            select SourceTree.Relative(file);

        Offenders.None(offenders);
    }

    [Fact]
    public void A_feature_of_the_server_uses_no_other_features_internals_through_its_namespace()
    {
        var features = Path.Combine(SourceTree.SourceFolder, "Gavel.Server", "Features");
        var names = Directory.Exists(features) ? Directory.GetDirectories(features).Select(f => Path.GetFileName(f)).ToArray() : [];
        var offenders =
            from feature in names
            from file in SourceTree.Files($"src/Gavel.Server/Features/{feature}", ".cs")
            let text = File.ReadAllText(file)
            from other in names
            where other != feature && text.Contains($"using Gavel.Server.Features.{other};", StringComparison.Ordinal)
            select $"{SourceTree.Relative(file)} uses {other}";

        Offenders.None(offenders);
    }

    [Fact]
    public void Only_hosts_name_an_adapter()
    {
        string[] adapters = ["Queue.RabbitMq", "Blobs.S3"];
        string[] hosts = ["Server", "Worker", "Cli"];

        var offenders = SourceTree.Projects.Except(hosts).Where(p => SourceTree.ProjectReferences(p).Intersect(adapters).Any());

        Offenders.None(offenders);
    }
}
