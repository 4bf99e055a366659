using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;
using MiniK8s.ControllerManager.Scheduling;

namespace MiniK8s.ControllerManager.Tests.Scheduling;

public sealed class SchedulingPlannerTests
{
    private static NodeLoad Load(Node node, params Pod[] pods)
    {
        var load = new NodeLoad(node);
        foreach (var pod in pods) load.Add(pod);
        return load;
    }

    private static Pod Asking(string name, string cpu, string memory = "1Mi") => Sample.Pending(name).With(s => s with
    {
        Containers = [s.Containers[0] with { Resources = new ResourceRequirements { Requests = new Dictionary<string, Quantity> { ["cpu"] = new(cpu), ["memory"] = new(memory) } } }],
    });

    private static string Place(Pod pod, params NodeLoad[] nodes) => SchedulingPlanner.Plan(pod, nodes) switch
    {
        SchedulingPlan.Bind bind => bind.NodeName,
        SchedulingPlan.Unschedulable no => no.Message,
        var other => throw new InvalidOperationException(other.ToString()),
    };

    [Fact]
    public void Pod_goes_to_the_least_loaded_node()
    {
        Assert.Equal("n2", Place(Sample.Pending("p"), Load(Sample.Node("n1"), Asking("a", "1")), Load(Sample.Node("n2"))));
        Assert.Equal("n1", Place(Sample.Pending("p"), Load(Sample.Node("n1"), Asking("a", "1")), Load(Sample.Node("n2"), Asking("b", "2"))));
    }

    [Fact]
    public void Pods_that_ask_for_nothing_spread_as_well()
    {
        Assert.Equal("n2", Place(Sample.Pending("p"), Load(Sample.Node("n1"), Sample.Pod("a")), Load(Sample.Node("n2"))));
    }

    [Fact]
    public void Without_nodes_the_message_says_so()
    {
        Assert.Equal("no nodes available to schedule pods", Place(Sample.Pending("p")));
    }

    [Fact]
    public void Message_counts_the_nodes_by_reason()
    {
        var tainted = Sample.Node("n2").With(s => s with { Taints = [new Taint { Key = "k", Value = "v", Effect = "NoSchedule" }] });
        var cordoned = Sample.Node("n3").With(s => s with { Unschedulable = true });
        Assert.Equal(
            "0/4 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {k: v}, 2 node(s) were unschedulable.",
            Place(Asking("p", "5"), Load(Sample.Node("n1")), Load(tainted), Load(cordoned), Load(cordoned with { Metadata = cordoned.Metadata with { Name = "n4" } })));
    }

    [Theory]
    [InlineData("False", "{node.kubernetes.io/not-ready: }")]
    [InlineData("Unknown", "{node.kubernetes.io/unreachable: }")]
    [InlineData(null, "{node.kubernetes.io/not-ready: }")]
    public void Node_that_is_not_ready_takes_no_pods_before_it_is_tainted(string? ready, string taint)
    {
        var node = Sample.Node().WithStatus(s => s with { Conditions = ready is null ? [] : [s.Conditions[0] with { Status = ready }] });
        Assert.Equal($"0/1 nodes are available: 1 node(s) had untolerated taint {taint}.", Place(Sample.Pending("p"), Load(node)));
    }

    [Theory]
    [InlineData("k", "Equal", "v", "NoSchedule", true)]
    [InlineData("k", "Equal", "other", "NoSchedule", false)]
    [InlineData("k", "Equal", "v", "NoExecute", false)]
    [InlineData("k", "Exists", null, null, true)]
    [InlineData(null, "Exists", null, null, true)]
    [InlineData("other", "Exists", null, null, false)]
    public void Toleration_opens_a_tainted_node(string? key, string @operator, string? value, string? effect, bool placed)
    {
        var node = Sample.Node().With(s => s with { Taints = [new Taint { Key = "k", Value = "v", Effect = "NoSchedule" }] });
        var pod = Sample.Pending("p").With(s => s with { Tolerations = [new Toleration { Key = key, Operator = @operator, Value = value, Effect = effect }] });
        Assert.Equal(placed, Place(pod, Load(node)) == "n1");
    }

    [Fact]
    public void Selector_and_required_affinity_must_match_and_preferred_affinity_draws()
    {
        var (n1, n2) = (Load(Sample.Node("n1")), Load(Sample.Node("n2"), Asking("a", "2")));
        Assert.Equal("n2", Place(Sample.Pending("p").With(s => s with { NodeSelector = Sample.Map(("kubernetes.io/hostname", "n2")) }), n1, n2));
        Assert.Equal("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.", Place(Sample.Pending("p").With(s => s with { NodeSelector = Sample.Map(("disk", "ssd")) }), n1, n2));

        var preferred = new PreferredSchedulingTerm { Weight = 5, Preference = Term(("kubernetes.io/hostname", "In", "n2")) };
        Assert.Equal("n2", Place(Sample.Pending("p").With(s => s with { Affinity = new Affinity { NodeAffinity = new NodeAffinity { PreferredDuringSchedulingIgnoredDuringExecution = [preferred] } } }), n1, n2));
    }

    [Theory]
    [InlineData("size", "In", "7", true)]
    [InlineData("size", "NotIn", "7", false)]
    [InlineData("none", "NotIn", "7", true)]
    [InlineData("size", "Exists", null, true)]
    [InlineData("size", "DoesNotExist", null, false)]
    [InlineData("size", "Gt", "6", true)]
    [InlineData("size", "Gt", "7", false)]
    [InlineData("size", "Lt", "8", true)]
    [InlineData("none", "Lt", "8", false)]
    [InlineData("size", "Gt", "x", false)]
    public void Affinity_operators(string key, string @operator, string? value, bool allowed)
    {
        var node = Sample.Node();
        node = node with { Metadata = node.Metadata with { Labels = Sample.Map(("size", "7")) } };
        var spec = new PodSpec { Affinity = new Affinity { NodeAffinity = new NodeAffinity { RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector { NodeSelectorTerms = [Term((key, @operator, value))] } } } };
        Assert.Equal(allowed, NodeAffinityRules.Allow(spec, node));
    }

    [Fact]
    public void Host_port_excludes_the_node_that_has_it_unless_address_or_protocol_differ()
    {
        static Pod WithPort(string name, string? ip, string protocol = "TCP") => Sample.Pending(name).With(s => s with
        {
            Containers = [s.Containers[0] with { Ports = [new ContainerPort { ContainerPortValue = 80, HostPort = 8080, HostIP = ip, Protocol = protocol }] }],
        });
        var load = Load(Sample.Node(), WithPort("a", "192.0.2.1"));
        Assert.Equal("0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.", Place(WithPort("p", null), load));
        Assert.Equal("n1", Place(WithPort("p", "192.0.2.2"), load));
        Assert.Equal("n1", Place(WithPort("p", null, "UDP"), load));
    }

    [Fact]
    public void Full_nodes_say_what_is_short()
    {
        var full = Sample.Node().WithStatus(s => s with { Allocatable = new Dictionary<string, Quantity> { ["cpu"] = new("1"), ["memory"] = new("1Gi"), ["pods"] = new("1") } });
        Assert.Equal("0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 Too many pods.", Place(Asking("p", "600m", "600Mi"), Load(full, Asking("a", "500m", "500Mi"))));
        Assert.Equal("n1", Place(Asking("p", "1", "1Gi"), Load(full)));
    }

    [Fact]
    public void Init_containers_count_by_their_peak_beside_the_sidecars_before_them()
    {
        static Container Cpu(string cpu, string? restart = null) => new()
        {
            Name = cpu, RestartPolicy = restart, Resources = new ResourceRequirements { Requests = new Dictionary<string, Quantity> { ["cpu"] = new(cpu) } },
        };
        var pod = Sample.Pending("p").With(s => s with { Containers = [Cpu("1")], InitContainers = [Cpu("2"), Cpu("500m", "Always"), Cpu("1800m")] });
        Assert.Equal(2300, PodRequests.Of(pod)["cpu"]);
        Assert.Equal(1500, PodRequests.Of(pod.With(s => s with { InitContainers = [Cpu("500m", "Always")] }))["cpu"]);
    }

    private static NodeSelectorTerm Term((string Key, string Operator, string? Value) r) => new()
    {
        MatchExpressions = [new NodeSelectorRequirement { Key = r.Key, Operator = r.Operator, Values = r.Value is null ? [] : [r.Value] }],
    };
}
