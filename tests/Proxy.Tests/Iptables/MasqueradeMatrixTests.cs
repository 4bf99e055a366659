using MiniK8s.Api.Core.V1;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Iptables;

/// <summary>Who reaches which endpoints of a load-balanced Service by which address, and whether its own address is hidden from them.</summary>
public abstract class MasqueradeMatrixTests
{
    private const string Cluster = "10.96.0.10:80";
    private const string NodePort = Given.NodeAddress + ":30080";
    private const string Balancer = "192.0.2.10:80";
    private const string Pod = "10.244.1.99";
    private const string Outside = "203.0.113.7";
    private const string All = "10.244.1.1:8080, 10.244.2.1:8080";
    private const string Here = "10.244.1.1:8080";

    [Theory]
    [InlineData(Pod, Cluster, All)]
    [InlineData(Pod, NodePort, All + " masq")]
    [InlineData(Pod, Balancer, All + " masq")]
    [InlineData(Given.NodeAddress, Cluster, All + " masq")]
    [InlineData(Given.NodeAddress, NodePort, All + " masq")]
    [InlineData(Given.NodeAddress, Balancer, All + " masq")]
    [InlineData(Outside, Cluster, All + " masq")]
    [InlineData(Outside, NodePort, All + " masq")]
    [InlineData(Outside, Balancer, All + " masq")]
    public void Policy_Cluster(string source, string destination, string expected) =>
        Assert.Equal(expected, Balanced(spec => spec).Trace(source, destination));

    [Theory]
    [InlineData(Pod, Cluster, All)]
    [InlineData(Pod, NodePort, All)]
    [InlineData(Pod, Balancer, All)]
    [InlineData(Given.NodeAddress, Cluster, All + " masq")]
    [InlineData(Given.NodeAddress, NodePort, All + " masq")]
    [InlineData(Given.NodeAddress, Balancer, All + " masq")]
    [InlineData(Outside, Cluster, All + " masq")]
    [InlineData(Outside, NodePort, Here)]
    [InlineData(Outside, Balancer, Here)]
    public void External_policy_Local(string source, string destination, string expected) =>
        Assert.Equal(expected, Balanced(spec => spec with { ExternalTrafficPolicy = "Local" }).Trace(source, destination));

    [Theory]
    [InlineData(Pod, Cluster, Here)]
    [InlineData(Pod, NodePort, All + " masq")]
    [InlineData(Pod, Balancer, All + " masq")]
    [InlineData(Given.NodeAddress, Cluster, Here + " masq")]
    [InlineData(Given.NodeAddress, NodePort, All + " masq")]
    [InlineData(Given.NodeAddress, Balancer, All + " masq")]
    [InlineData(Outside, Cluster, Here + " masq")]
    [InlineData(Outside, NodePort, All + " masq")]
    [InlineData(Outside, Balancer, All + " masq")]
    public void Internal_policy_Local(string source, string destination, string expected) =>
        Assert.Equal(expected, Balanced(spec => spec with { InternalTrafficPolicy = "Local" }).Trace(source, destination));

    [Theory]
    [InlineData(Given.NodeAddress, Cluster, All)]
    [InlineData(Outside, Cluster, All)]
    [InlineData(Pod, NodePort, Here)]
    [InlineData(Pod, Balancer, Here)]
    public void Without_a_pod_block_nobody_is_known_to_be_a_pod(string source, string destination, string expected) =>
        Assert.Equal(expected, Balanced(spec => spec with { ExternalTrafficPolicy = "Local" }, settings => settings with { PodCidr = null }).Trace(source, destination));

    [Theory]
    [InlineData(Pod)]
    [InlineData(Given.NodeAddress)]
    [InlineData(Outside)]
    public void Masquerade_all_hides_everybody_from_cluster_ips(string source) =>
        Assert.Equal(All + " masq", Balanced(spec => spec, settings => settings with { MasqueradeAll = true }).Trace(source, Cluster));

    [Fact]
    public void An_endpoint_that_reaches_itself_is_masqueraded()
    {
        var world = Create(new WorldOptions());
        world.Put([Given.Service("self", "10.96.0.20"), Given.Slice("self", Given.Local("10.244.1.1"))]);
        world.Sync();

        Assert.Equal("10.244.1.1:8080 masq", world.Trace("10.244.1.1", "10.96.0.20:80"));
    }

    [Fact]
    public void Node_ports_do_not_answer_on_loopback()
    {
        var world = Balanced(spec => spec);

        Assert.Equal("none", world.Trace("127.0.0.1", "127.0.0.1:30080"));
        Assert.Equal("none", world.Trace(Given.NodeAddress, "127.0.0.1:30080"));
    }

    /// <summary>An empty world of the backend.</summary>
    private protected abstract IRuleWorld Create(WorldOptions options);

    private IRuleWorld Balanced(Func<ServiceSpec, ServiceSpec> change, Func<WorldOptions, WorldOptions>? settings = null)
    {
        var service = Given.Service("web", "10.96.0.10", spec => change(Given.NodePort(spec, 30080) with { Type = "LoadBalancer" })) with
        {
            Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { Ip = "192.0.2.10" }] } },
        };
        var options = new WorldOptions();
        var world = Create(settings?.Invoke(options) ?? options);
        world.Put([service, Given.Slice("web", Given.Local("10.244.1.1"), Given.Remote("10.244.2.1"))]);
        world.Sync();
        return world;
    }
}
