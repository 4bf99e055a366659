using MiniK8s.Api.Core.V1;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Ipvs;

/// <summary>Who reaches which endpoints by which address, and whether its own address is hidden from them: as with iptables.</summary>
public sealed class MatrixTests
{
    private const string Cluster = "10.96.0.10:80";
    private const string NodePort = Given.NodeAddress + ":30080";
    private const string Balancer = "192.0.2.10:80";
    private const string External = "192.0.2.18:80";
    private const string Pod = "10.244.1.99";
    private const string Outside = "203.0.113.7";
    private static readonly string[] Ways = [Cluster, NodePort, Balancer, External];
    private static readonly string[] Clients = [Pod, Given.NodeAddress, Outside, "10.244.1.1", "10.244.2.1"];

    public static TheoryData<string, string, string, int> Shapes()
    {
        var data = new TheoryData<string, string, string, int>();
        foreach (var external in (string[])["Cluster", "Local"])
        {
            foreach (var inside in (string[])["Cluster", "Local"])
            {
                foreach (var affinity in (string[])["None", "ClientIP"])
                {
                    for (var endpoints = 0; endpoints < 4; endpoints++) data.Add(external, inside, affinity, endpoints);
                }
            }
        }
        return data;
    }

    /// <param name="external">External policy.</param>
    /// <param name="inside">Internal policy.</param>
    /// <param name="affinity">Session affinity.</param>
    /// <param name="endpoints">Bit 0: one here; bit 1: one elsewhere.</param>
    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Every_client_fares_as_with_iptables(string external, string inside, string affinity, int endpoints)
    {
        var world = WorldOf(spec => spec with { ExternalTrafficPolicy = external, InternalTrafficPolicy = inside, SessionAffinity = affinity }, endpoints);
        await AssertSameAsync(world);
    }

    [Theory]
    [InlineData("203.0.113.0/24")]
    [InlineData("192.168.0.0/16")]
    [InlineData("0.0.0.0/0")]
    [InlineData("10.244.0.0/16")]
    public async Task Source_ranges_let_in_whom_they_let_in_with_iptables(string range)
    {
        foreach (var policy in (string[])["Cluster", "Local"])
        {
            var world = WorldOf(spec => spec with { ExternalTrafficPolicy = policy, LoadBalancerSourceRanges = [range] }, 3);
            await AssertSameAsync(world, fromBalancer: policy == "Cluster");
        }
    }

    [Fact]
    public async Task Masquerade_all_hides_everybody_from_cluster_ips()
    {
        await AssertSameAsync(WorldOf(spec => spec, 3, settings => settings with { MasqueradeAll = true }));
    }

    [Fact]
    public async Task Without_a_pod_block_nobody_but_the_node_is_masqueraded_for_a_cluster_ip()
    {
        var ipvs = new IpvsWorld(WorldOf(spec => spec, 3, settings => settings with { PodCidr = null }));
        await ipvs.SyncAsync();

        Assert.Equal("10.244.1.1:8080, 10.244.2.1:8080", ipvs.Trace(Outside, Cluster));
        // The node sends from the cluster IP itself, which only IPVS makes its own.
        Assert.Equal("10.244.1.1:8080, 10.244.2.1:8080 masq", ipvs.Trace(Given.NodeAddress, Cluster));
    }

    [Fact]
    public async Task A_port_that_no_service_has_is_refused_and_does_not_reach_the_nodes_own_programs()
    {
        var ipvs = new IpvsWorld(WorldOf(spec => spec with { ExternalTrafficPolicy = "Local", InternalTrafficPolicy = "Local" }, 3));
        await ipvs.SyncAsync();

        Assert.Equal("REJECT", ipvs.Trace(Pod, "10.96.0.10:22"));
        Assert.Equal("REJECT", ipvs.Trace(Given.NodeAddress, "10.96.0.10:22"));
        // The alias to which pods are led is no way in for those who are not led there.
        Assert.Equal("REJECT", ipvs.Trace(Pod, $"10.96.0.10:{80 ^ 0x8000}"));
        Assert.Equal("none", ipvs.Trace(Outside, $"{Given.NodeAddress}:22"));
    }

    [Fact]
    public async Task Node_ports_do_not_answer_on_loopback_and_health_checks_are_let_in()
    {
        var ipvs = new IpvsWorld(WorldOf(spec => spec with { ExternalTrafficPolicy = "Local", HealthCheckNodePort = 30999 }, 3));
        await ipvs.SyncAsync();
        ipvs.Rules.Tables.SetPolicy("INPUT", "DROP");

        Assert.Equal("none", ipvs.Trace(Outside, $"{Given.NodeAddress}:30999"));
        Assert.Equal("DROP", ipvs.Trace(Outside, $"{Given.NodeAddress}:31000"));
        Assert.Equal("10.244.1.1:8080", ipvs.Trace(Outside, NodePort));
        Assert.Equal("none", new IpvsTracer(new IpvsWorld(ipvs.World).Rules.Tables, ipvs.Kernel).Trace("127.0.0.1", "127.0.0.1:30080").ToString());
    }

    private static World WorldOf(Func<ServiceSpec, ServiceSpec> change, int endpoints, Func<IptablesSettings, IptablesSettings>? settings = null)
    {
        var service = Given.Service("web", "10.96.0.10", spec => change(Given.NodePort(spec, 30080) with { Type = "LoadBalancer", ExternalIPs = ["192.0.2.18"] })) with
        {
            Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { Ip = "192.0.2.10" }] } },
        };
        string[] present = [.. (endpoints & 1) != 0 ? ["10.244.1.1"] : Array.Empty<string>(), .. (endpoints & 2) != 0 ? ["10.244.2.1"] : Array.Empty<string>()];
        return new World(change: settings).Put(service, Given.Slice("web", [.. present.Select(address => address == "10.244.1.1" ? Given.Local(address) : Given.Remote(address))]));
    }

    private static async Task AssertSameAsync(World world, bool fromBalancer = false)
    {
        var ipvs = new IpvsWorld(world);
        world.SyncFull();
        await ipvs.ProgramAsync(world.Model);
        var flows = Clients.SelectMany(client => Ways.Select(way => (client, way)));
        // The node's own packets to the balancer's address, which is on its device, have it as their source.
        if (fromBalancer) flows = flows.Append(("192.0.2.10", Balancer));
        foreach (var (client, way) in flows)
        {
            var expected = world.Trace(client, way);
            // With iptables the node's own packets to a balancer's address leave it when no endpoint is there; IPVS has the address itself.
            if (client == Given.NodeAddress && way is Balancer or External && expected == "none") expected = "REJECT";
            Assert.Equal((client, way, expected), (client, way, ipvs.Trace(client, way)));
        }
    }
}
