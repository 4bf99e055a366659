using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Explain;

public sealed class ServiceExplainerTests
{
    /// <summary>The endpoint in question is 10.244.9.1:8080; the others are there to make it so.</summary>
    public static TheoryData<string, string, ServiceSpec, Endpoint[]> Verdicts => new()
    {
        { "used", "", Plain, [Given.Remote("10.244.9.1")] },
        { "passed over: not ready", "", Plain, [Given.Endpoint("10.244.9.1", "n2", false), Given.Local("10.244.1.1")] },
        { "passed over: not ready", "", Plain, [Given.Endpoint("10.244.9.1", "n2", false)] },
        { "passed over: terminating, and others are ready", "", Plain, [Given.Endpoint("10.244.9.1", "n2", false, true, true), Given.Local("10.244.1.1")] },
        { "passed over: terminating, and no longer serving", "", Plain, [Given.Endpoint("10.244.9.1", "n2", false, false, true), Given.Local("10.244.1.1")] },
        { "used though it is terminating: it still serves, and none is ready", "", Plain, [Given.Endpoint("10.244.9.1", "n2", false, true, true)] },
        { "passed over: on another node", "", InternalLocal, [Given.Remote("10.244.9.1"), Given.Local("10.244.1.1")] },
        { "used; under policy Local passed over: on another node", "", ExternalLocal, [Given.Remote("10.244.9.1"), Given.Local("10.244.1.1")] },
        {
            "passed over: terminating, and others are ready; under policy Local used though it is terminating: it still serves, and none on this node is ready",
            "", ExternalLocal, [Given.Endpoint("10.244.9.1", "n1", false, true, true), Given.Remote("10.244.2.1")]
        },
        { "passed over: hinted for zone b", "a", Plain, [Hinted(Given.Remote("10.244.9.1"), "b"), Hinted(Given.Local("10.244.1.1"), "a")] },
        { "used", "a", Plain, [Hinted(Given.Remote("10.244.9.1"), "b"), Given.Local("10.244.1.1")] },
    };

    private static ServiceSpec Plain { get; } = Given.Service("web", "10.96.0.10").Spec!;

    private static ServiceSpec InternalLocal { get; } = Plain with { InternalTrafficPolicy = "Local" };

    private static ServiceSpec ExternalLocal { get; } = Given.NodePort(Plain, 30080) with { ExternalTrafficPolicy = "Local" };

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void Each_endpoint_has_its_reason(string expected, string zone, ServiceSpec spec, Endpoint[] endpoints)
    {
        var explanation = Asking.Explain(Asking.Settings, Given.Node(zone: zone), Given.Service("web", "10.96.0.10", _ => spec), Given.Slice("web", endpoints));

        var endpoint = Assert.Single(explanation.Only().Endpoints, endpoint => endpoint.Address == "10.244.9.1:8080");
        Assert.Equal(expected, endpoint.Verdict);
        Assert.Equal(expected.Contains("used", StringComparison.Ordinal), endpoint.IsUsed);
    }

    [Theory]
    [InlineData("a", "a b", "only endpoints for this node's zone a are chosen")]
    [InlineData("a", "a -", "not every ready endpoint has one")]
    [InlineData("", "a b", "the node has no label topology.kubernetes.io/zone")]
    [InlineData("c", "a b", "no ready endpoint is meant for this node's zone c")]
    [InlineData("a", "- -", null)]
    public void What_became_of_zone_hints_is_told(string zone, string hints, string? expected)
    {
        var endpoints = hints.Split(' ').Select((hint, i) => hint == "-" ? Given.Remote($"10.244.2.{i}") : Hinted(Given.Remote($"10.244.2.{i}"), hint));

        var notes = Asking.Explain(Asking.Settings, Given.Node(zone: zone), Given.Service("web", "10.96.0.10"), Given.Slice("web", [.. endpoints])).Only().Notes;

        Assert.Equal(expected is not null, notes.Any(note => note.Contains("zone hints", StringComparison.Ordinal)));
        if (expected is not null) Assert.Contains(notes, note => note.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void What_can_never_be_used_is_told_with_its_slice()
    {
        var another = Given.SliceOf("web", "3", [Given.SlicePort("http", 8080)]);
        var explanation = Asking.Explain(
            Given.Service("web", "10.96.0.10"),
            Given.SliceOf("web", "1", [Given.SlicePort("http", 8080), Given.SlicePort("raw", null)], Given.Local("nonsense"), Given.Local("10.244.1.1") with { Addresses = [] }),
            Given.SliceOf("web", "2", [Given.SlicePort("http", 8080)]) with { AddressType = "FQDN" },
            another with { Metadata = another.Metadata with { Labels = new Dictionary<string, string> { ["service.kubernetes.io/service-proxy-name"] = "mesh" } } });

        Assert.Equal(
            [
                "slice web-1: port raw is passed over: it has no number",
                "slice web-1: nonsense is passed over: this is no IPv4 address",
                "slice web-1: an endpoint is passed over: it has no address",
                "slice web-2: all of it is passed over: its addresses are of type FQDN",
                "slice web-3: all of it is passed over: its label service.kubernetes.io/service-proxy-name leaves it to others",
            ],
            Assert.Single(explanation.Families).LeftOut);
    }

    [Theory]
    [InlineData("headless", "it is headless: the cluster's DNS answers with the pods' own addresses, and packets go there without rules")]
    [InlineData("label", "it is headless: the cluster's DNS answers with the pods' own addresses, and packets go there without rules")]
    [InlineData("alias", "type ExternalName: the cluster's DNS answers with db.example.com, and packets never meet this proxy")]
    [InlineData("other", "the label service.kubernetes.io/service-proxy-name leaves it to the proxy mesh")]
    [InlineData("none", "it has no cluster IP yet")]
    [InlineData("v6", "it has no IPv4 cluster IP")]
    public void A_service_without_rules_has_its_reason(string which, string expected)
    {
        var service = Given.Service("web", "10.96.0.10", spec => which switch
        {
            "headless" => spec with { ClusterIP = "None", ClusterIPs = ["None"] },
            "alias" => spec with { Type = "ExternalName", ExternalName = "db.example.com", ClusterIP = null, ClusterIPs = [] },
            "none" => spec with { ClusterIP = null, ClusterIPs = [] },
            "v6" => spec with { ClusterIP = "fd00::1", ClusterIPs = ["fd00::1"] },
            _ => spec,
        });
        var labels = which switch
        {
            "label" => new Dictionary<string, string> { ["service.kubernetes.io/headless"] = "" },
            "other" => new Dictionary<string, string> { ["service.kubernetes.io/service-proxy-name"] = "mesh" },
            _ => [],
        };

        var family = Assert.Single(Asking.Explain(service with { Metadata = service.Metadata with { Labels = labels } }).Families);

        Assert.Equal(expected, family.NotProgrammed);
        Assert.Empty(family.Ports);
    }

    [Fact]
    public void A_balancers_address_that_is_open_as_an_external_IP_is_told()
    {
        var service = Given.Service("web", "10.96.0.10", spec => Given.NodePort(spec, 30080) with { Type = "LoadBalancer", ExternalIPs = ["192.0.2.10"], LoadBalancerSourceRanges = ["203.0.113.0/24"] }) with
        {
            Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { Ip = "192.0.2.10" }] } },
        };
        var slice = Given.Slice("web", Given.Local("10.244.1.1"));

        var port = Asking.Explain(service, slice).Only();

        Assert.Contains(port.Notes, note => note.Contains("192.0.2.10 is among externalIPs, too", StringComparison.Ordinal));
        Assert.DoesNotContain(port.Ways, way => way.Kind == "load balancer IP");
        Assert.DoesNotContain(Asking.Explain(service with { Spec = service.Spec! with { ExternalIPs = [] } }, slice).Only().Notes, note => note.Contains("among externalIPs", StringComparison.Ordinal));
    }

    [Fact]
    public void Both_families_are_told_where_the_proxy_programs_both_and_all_of_the_service_where_that_is_not_known()
    {
        var dual = Given.Service("web", "10.96.0.10", spec => spec with { ClusterIPs = ["10.96.0.10", "fd00::1"] });
        var both = Asking.Settings with { Options = Asking.Settings.Options with { ClusterCidr = "10.244.0.0/16,fd00:1::/64" } };
        var unknown = new ExplainSettings(new ProxyOptions { NodeName = Given.NodeName, Mode = "iptables" }, KnowsPods: false);

        Assert.Equal(["IPv4"], Asking.Explain(dual).Families.Select(family => family.Family));
        Assert.Equal(["IPv4", "IPv6"], Asking.Explain(both, Given.Node(), dual).Families.Select(family => family.Family));
        Assert.Equal(["IPv4", "IPv6"], Asking.Explain(unknown, Given.Node(), dual).Families.Select(family => family.Family));
        Assert.Equal("[fd00::1]:80", Asking.Explain(both, Given.Node(), dual).Families[1].Ports[0].Ways[0].Target);
    }

    [Fact]
    public void A_node_that_the_api_lacks_is_told() =>
        Assert.Contains("the API has no Node n1", Assert.Single(Asking.Explain(Asking.Settings, null, Given.Service("web", "10.96.0.10")).Notes), StringComparison.Ordinal);

    private static Endpoint Hinted(Endpoint endpoint, string zone) => endpoint with { Hints = new EndpointHints { ForZones = [new ForZone { Name = zone }] } };
}
