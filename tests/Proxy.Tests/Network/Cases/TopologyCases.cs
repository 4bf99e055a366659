using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>Zone hints: the node is in the zone <c>here</c>.</summary>
public abstract class TopologyCases(ServiceLab lab) : FlowCases(lab)
{
    [Fact]
    public async Task Hints_for_the_nodes_zone_are_followed()
    {
        await GiveAsync(Site.InTurn(Site.NodePortService()), Hint(One, "here"), Hint(Far, "there"));

        await ExpectBothAsync($"one {Net.Client.Address}", $"one {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectBothAsync(OneMasked, OneMasked, Outside, NodePort);
    }

    [Fact]
    public async Task An_endpoint_may_be_for_several_zones()
    {
        await GiveAsync(Site.InTurn(Site.Service()), Hint(One, "there"), Hint(Far, "there", "here"));

        await ExpectBothAsync($"far {Net.Client.Address}", $"far {Net.Client.Address}", Pod, Site.Cluster);
    }

    [Fact]
    public async Task One_endpoint_without_a_hint_makes_all_hints_void()
    {
        await GiveAsync(Site.InTurn(Site.Service()), Hint(One, "here"), Far);

        await ExpectBothAsync($"one {Net.Client.Address}", $"far {Net.Client.Address}", Pod, Site.Cluster);
    }

    [Fact]
    public async Task Hints_for_other_zones_only_are_void()
    {
        await GiveAsync(Site.InTurn(Site.Service()), Hint(One, "there"), Hint(Far, "elsewhere"));

        await ExpectBothAsync($"one {Net.Client.Address}", $"far {Net.Client.Address}", Pod, Site.Cluster);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_ready_has_no_say_about_hints()
    {
        await GiveAsync(Site.InTurn(Site.Service()), Hint(One, "here"), Hint(Far, "there"), Two with { Conditions = new EndpointConditions { Ready = false } });

        await ExpectBothAsync($"one {Net.Client.Address}", $"one {Net.Client.Address}", Pod, Site.Cluster);
    }

    [Fact]
    public async Task Policy_Local_knows_no_zones()
    {
        await GiveAsync(Site.NodePortService(spec => spec with { ExternalTrafficPolicy = "Local" }), Hint(One, "there"), Hint(Far, "here"));

        await ExpectAsync($"one {Net.Outside.Address}", Outside, NodePort);
        await ExpectAsync($"far {Net.Client.Address}", Pod, Site.Cluster);
    }

    [Fact]
    public async Task A_node_without_a_zone_serves_by_all_endpoints()
    {
        await GiveAsync(Site.InTurn(Site.Service()), Hint(One, "here"), Hint(Far, "there"));
        try
        {
            Net.Api.Put(Net.NodeObject(zone: null));
            // The node has a stream of its own, ahead of or behind the others'.
            await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Pod, Site.Cluster), answer => answer == $"far {Net.Client.Address}", "the other zone's endpoint serves too");
        }
        finally
        {
            Net.Api.Put(Net.NodeObject());
        }
        await ProxyNetwork.UntilAsync(
            async () => $"{await Dial.TcpAsync(Pod, Site.Cluster)} {await Dial.TcpAsync(Pod, Site.Cluster)}",
            answers => !answers.Contains("far", StringComparison.Ordinal),
            "the node's zone counts again");
    }

    private static Endpoint Hint(Endpoint endpoint, params string[] zones) =>
        endpoint with { Hints = new EndpointHints { ForZones = [.. zones.Select(zone => new ForZone { Name = zone })] } };
}
