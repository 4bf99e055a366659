using MiniK8s.Api.Core.V1;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>A load balancer's source ranges: who is not on the list hears nothing at its address.</summary>
public abstract class SourceRangeCases(ServiceLab lab) : FlowCases(lab)
{
    [Fact]
    public async Task Only_listed_clients_reach_the_load_balancers_address()
    {
        await GiveAsync(Ranges($" {Net.Outside.Address}/32 ", "2001:db8::/32"), One);

        await ExpectAsync(OneMasked, Outside, Site.Ingress);
        await ExpectAsync(Dial.Silence, Outside, Site.Ingress, ServiceRoutes.SecondOutside);
        await ExpectAsync(Dial.Silence, Pod, Site.Ingress);
        await ExpectAsync(Dial.Silence, Node, Site.Ingress);
    }

    [Fact]
    public async Task The_other_addresses_know_no_ranges()
    {
        await GiveAsync(Ranges($"{Net.Outside.Address}/32"), One);

        await ExpectAsync(OneMasked, Outside, NodePort, ServiceRoutes.SecondOutside);
        await ExpectAsync(OneMasked, Outside, Site.External, ServiceRoutes.SecondOutside);
        await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectAsync(OneMasked, Node, NodePort);
    }

    [Fact]
    public async Task Pods_and_the_node_are_let_in_by_the_ranges_that_hold_them()
    {
        await GiveAsync(Ranges("10.244.1.0/24", $"{Net.Node.Address}/32"), One);

        await ExpectAsync(OneMasked, Pod, Site.Ingress);
        await ExpectAsync(OneMasked, Node, Site.Ingress);
        await ExpectAsync(Dial.Silence, FarPod, Site.Ingress);
        await ExpectAsync(Dial.Silence, Outside, Site.Ingress);
    }

    [Fact]
    public async Task Ranges_and_policy_Local_hold_together()
    {
        await GiveAsync(Ranges(spec => spec with { ExternalTrafficPolicy = "Local" }, $"{Net.Outside.Address}/32"), One, Far);

        await ExpectAsync($"one {Net.Outside.Address}", Outside, Site.Ingress);
        await ExpectAsync(Dial.Silence, Outside, Site.Ingress, ServiceRoutes.SecondOutside);
    }

    [Fact]
    public async Task Ranges_that_change_count_for_the_next_connection()
    {
        await GiveAsync(Ranges("192.0.2.0/24"), One);
        await ExpectAsync(Dial.Silence, Outside, Site.Ingress);

        await GiveAsync(Ranges("192.0.2.0/24", "192.168.77.0/24"), One);
        await ExpectAsync(OneMasked, Outside, Site.Ingress);
        await ExpectAsync(OneMasked, Outside, Site.Ingress, ServiceRoutes.SecondOutside);

        await GiveAsync(Site.Open(), One);
        await ExpectAsync(OneMasked, Pod, Site.Ingress);
    }

    private Service Ranges(params string[] ranges) => Ranges(spec => spec, ranges);

    private Service Ranges(Func<ServiceSpec, ServiceSpec> change, params string[] ranges) =>
        Site.Open(spec => change(spec with { LoadBalancerSourceRanges = ranges }));
}
