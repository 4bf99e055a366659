using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;
using MiniK8s.Client.Caching;
using MiniK8s.ControllerManager.EndpointSlices.Topology;

namespace MiniK8s.ControllerManager.Tests.EndpointSlices.Topology;

/// <summary>Which changes of nodes make Services be looked at again.</summary>
public sealed class TopologyIndexTests
{
    private readonly TopologyIndex index = new();
    private readonly Node node = Sample.Node();

    public TopologyIndexTests()
    {
        Add(Asking("web"));
        Add(Sample.Service("plain"));
        Add(Asking("manual").With(s => s with { Selector = new Dictionary<string, string>() }));
    }

    [Fact]
    public void A_heartbeat_touches_nothing_and_what_counts_touches_the_services_that_ask()
    {
        Assert.Equal("default/web", Touched(node));
        Assert.Equal("", Touched(node));
        Assert.Equal("", Touched(node.WithStatus(s => s with { Conditions = [s.Conditions[0] with { LastHeartbeatTime = Sample.Now.AddSeconds(10) }] })));
        Assert.Equal("", Touched(Labelled(node, "disk", "ssd")));
        Assert.Equal("", Touched(node.WithStatus(s => s with { Allocatable = new Dictionary<string, Quantity>(s.Allocatable) { ["memory"] = new("1Gi") } })));
        Assert.Equal("", Touched(Cpu("4000m")));

        Assert.Equal("default/web", Touched(Cpu("3")));
        Assert.Equal("default/web", Touched(Labelled(node, "topology.kubernetes.io/zone", "z2")));
        Assert.Equal("default/web", Touched(Labelled(node, "node-role.kubernetes.io/control-plane", "")));
        Assert.Equal("default/web", Touched(node));
        Assert.Equal("default/web", Touched(Unready(node)));
        Assert.Equal("", Touched(Unready(Cpu("2"))));
        Assert.Equal("", Touched(null));
        Assert.Equal("default/web", Touched(node));
        Assert.Equal("default/web", Touched(null));
    }

    [Fact]
    public void A_service_that_asks_no_more_or_is_gone_is_not_touched()
    {
        Add(Asking("db"));
        Assert.Equal("default/db default/web", Touched(node));
        Add(Sample.Service("web"));
        Assert.Equal("default/db", Touched(Cpu("1")));
        index.Observe(new CacheChange<Service>(new("default", "db"), Asking("db"), null));
        Assert.Equal("", Touched(Cpu("2")));
    }

    [Fact]
    public void Shares_follow_the_nodes()
    {
        Assert.NotNull(index.Shares.Lack);
        Touched(node);
        Touched(Labelled(Sample.Node("n2"), "topology.kubernetes.io/zone", "z2"));
        Assert.Equal([("z1", 0.5), ("z2", 0.5)], index.Shares.Zones);
        Touched(Cpu("12"));
        Assert.Equal([("z1", 0.75), ("z2", 0.25)], index.Shares.Zones);
        Touched(Unready(node));
        Assert.Empty(index.Shares.Zones);
    }

    private static Service Asking(string name)
    {
        var service = Sample.Service(name);
        return service.WithMetadata(service.Metadata with { Annotations = Sample.Map(("service.kubernetes.io/topology-mode", "Auto")) });
    }

    private static Node Labelled(Node node, string key, string value) =>
        node.WithMetadata(node.Metadata with { Labels = new Dictionary<string, string>(node.Metadata.Labels) { [key] = value } });

    private static Node Unready(Node node) => node.WithStatus(s => s with { Conditions = [s.Conditions[0] with { Status = "Unknown" }] });

    private Node Cpu(string amount) => node.WithStatus(s => s with { Allocatable = new Dictionary<string, Quantity> { ["cpu"] = new(amount) } });

    private void Add(Service service) => index.Observe(new CacheChange<Service>(ObjectKey.Of(service), null, service));

    private string Touched(Node? current) =>
        string.Join(' ', index.Touched(new CacheChange<Node>(new("", current?.Metadata.Name ?? "n1"), null, current)).Select(k => k.ToString()).Order());
}
