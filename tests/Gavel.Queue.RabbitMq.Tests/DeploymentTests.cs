using System.Text.RegularExpressions;
using Gavel.Testing;
using YamlDotNet.RepresentationModel;

namespace Gavel.Queue.RabbitMq.Tests;

/// <summary>deploy/kubernetes as far as it can be checked without a cluster: it parses, refers to what exists, and names what the code declares.</summary>
public sealed class DeploymentTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "deploy", "kubernetes");

    [Fact]
    public void Every_file_parses_and_every_document_has_a_kind_and_a_version()
    {
        var files = Directory.GetFiles(s_folder, "*.yaml", SearchOption.AllDirectories);

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.All(Documents(file), document =>
        {
            Assert.NotEqual("", Text(document, "kind"));
            Assert.NotEqual("", Text(document, "apiVersion"));
        }));
    }

    [Fact]
    public void Every_kustomization_refers_to_what_exists_and_every_manifest_beside_it_is_referred_to()
    {
        foreach (var file in Directory.GetFiles(s_folder, "kustomization.yaml", SearchOption.AllDirectories))
        {
            var folder = Path.GetDirectoryName(file)!;
            var resources = ((YamlSequenceNode)Documents(file).Single()["resources"]).Select(r => Path.GetFullPath(Path.Combine(folder, r.ToString()))).ToList();

            Assert.All(resources, r => Assert.True(File.Exists(r) || File.Exists(Path.Combine(r, "kustomization.yaml")), r));
            Assert.All(Directory.GetFiles(folder, "*.yaml").Where(f => f != file), f => Assert.Contains(f, resources));
        }
    }

    [Fact]
    public void Patches_autoscaler_budgets_and_services_select_objects_of_the_base()
    {
        var all = Base().ToList();
        var names = all.Select(d => (Text(d, "kind"), Text(d, "metadata", "name"))).ToHashSet();
        var labels = all.Where(d => Text(d, "kind") == "Deployment").Select(d => Text(d, "spec", "template", "metadata", "labels", "app")).ToHashSet();

        foreach (var patch in Directory.GetFiles(Path.Combine(s_folder, "overlays"), "kustomization.yaml", SearchOption.AllDirectories)
            .SelectMany(f => (YamlSequenceNode)Documents(f).Single()["patches"]))
            Assert.Contains((Text(patch, "target", "kind"), Text(patch, "target", "name")), names);
        foreach (var scaled in all.Where(d => Text(d, "kind") == "ScaledObject"))
            Assert.Contains(("Deployment", Text(scaled, "spec", "scaleTargetRef", "name")), names);
        foreach (var budget in all.Where(d => Text(d, "kind") == "PodDisruptionBudget"))
            Assert.Contains(Text(budget, "spec", "selector", "matchLabels", "app"), labels);
        foreach (var service in all.Where(d => Text(d, "kind") == "Service"))
            Assert.Contains(Text(service, "spec", "selector", "app"), labels);
    }

    [Fact]
    public void The_autoscaler_counts_the_queues_of_jobs_that_the_code_declares_and_no_other()
    {
        var topology = new Topology(new RabbitMqOptions());
        var trigger = Assert.Single((YamlSequenceNode)Base().Single(d => Text(d, "kind") == "ScaledObject")["spec"]["triggers"]);
        var queues = new Regex(Text(trigger, "metadata", "queueName"), RegexOptions.None, TimeSpan.FromSeconds(1));

        Assert.Equal("true", Text(trigger, "metadata", "useRegex"));
        Assert.All(Enum.GetValues<Lane>(), lane => Assert.Matches(queues, topology.JobsOf(lane, "cpp")));
        Assert.All((string[])[topology.Results, topology.Signs, topology.Dead, topology.Bell], other => Assert.DoesNotMatch(queues, other));
    }

    [Fact]
    public void No_container_is_privileged_and_no_server_has_a_capability()
    {
        foreach (var container in Base().Where(d => Text(d, "kind") == "Deployment").SelectMany(d => (YamlSequenceNode)d["spec"]["template"]["spec"]["containers"]))
        {
            Assert.DoesNotContain("privileged: true", container.ToString(), StringComparison.OrdinalIgnoreCase);
            if (Text(container, "name") == "server")
                Assert.Equal("ALL", Assert.Single((YamlSequenceNode)container["securityContext"]["capabilities"]["drop"]).ToString());
            else
                Assert.Equal("false", Text(container, "securityContext", "privileged"));
        }
    }

    private static IEnumerable<YamlNode> Base() =>
        Directory.GetFiles(Path.Combine(s_folder, "base"), "*.yaml").Where(f => Path.GetFileName(f) != "kustomization.yaml").SelectMany(Documents);

    private static List<YamlNode> Documents(string file)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(file);
        stream.Load(reader);
        return [.. stream.Documents.Select(d => d.RootNode)];
    }

    private static string Text(YamlNode node, params string[] path) => path.Aggregate(node, (n, key) => n[key]).ToString();
}
