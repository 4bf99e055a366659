using MiniK8s.Api.Core.V1;
using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Explain;

/// <summary>
/// What is explained against what the rules do: each case is told by the explainer and traced through the rules of iptables, and
/// both must say the same.
/// </summary>
public sealed class FateTests
{
    private const string PodAddress = "10.244.1.9";
    private const string OutsideAddress = "203.0.113.5";
    private static readonly string[] Ways = ["ClusterIP", "external IP", "load balancer IP", "node port"];

    public static IEnumerable<TheoryDataRow<string, string, string>> Cases =>
        from internalPolicy in (string[])["Cluster", "Local"]
        from externalPolicy in (string[])["Cluster", "Local"]
        from endpoints in (string[])["both", "local", "remote", "unready", "none"]
        select new TheoryDataRow<string, string, string>(internalPolicy, externalPolicy, endpoints);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_explanation_is_what_the_rules_do(string internalPolicy, string externalPolicy, string endpoints)
    {
        foreach (var podsKnown in (bool[])[true, false])
        foreach (var masqueradeAll in (bool[])[false, true])
        {
            var (service, slice) = (Balanced(internalPolicy, externalPolicy), Given.Slice("web", EndpointsOf(endpoints)));
            var options = Asking.Settings.Options with { ClusterCidr = podsKnown ? "10.244.0.0/16" : "", MasqueradeAll = masqueradeAll };
            var port = Asking.Explain(new ExplainSettings(options, KnowsPods: true), Given.Node(), service, slice).Only();
            var world = new World(change: settings => settings with { PodCidr = podsKnown ? settings.PodCidr : null, MasqueradeAll = masqueradeAll }).Put(service, slice);
            world.SyncFull();

            foreach (var way in Ways)
            foreach (var (origin, address) in ((PacketOrigin, string)[])[(PacketOrigin.Pod, PodAddress), (PacketOrigin.Node, Given.NodeAddress), (PacketOrigin.Outside, OutsideAddress)])
            {
                Assert.Equal($"{way} from {origin}: {world.Trace(address, TargetOf(way))}", $"{way} from {origin}: {AsTraced(port, way, origin)}");
            }
        }
    }

    [Theory]
    [InlineData("10.0.0.0/8", "Forwarded Replaced 10.244.1.1:8080", "Dropped", "Forwarded Replaced 10.244.1.1:8080 (if)")]
    [InlineData("10.244.1.0/24", "Forwarded Replaced 10.244.1.1:8080 (if)", "Dropped", "Forwarded Replaced 10.244.1.1:8080 (if)")]
    [InlineData("192.168.0.0/16", "Dropped", "Forwarded Replaced 10.244.1.1:8080", "Forwarded Replaced 10.244.1.1:8080 (if)")]
    [InlineData("0.0.0.0/0", "Forwarded Replaced 10.244.1.1:8080", "Forwarded Replaced 10.244.1.1:8080", "Forwarded Replaced 10.244.1.1:8080")]
    public void Source_ranges_let_in_drop_or_depend(string range, string pod, string node, string outside)
    {
        var service = Balanced("Cluster", "Cluster");
        var port = Asking.Explain(service with { Spec = service.Spec! with { LoadBalancerSourceRanges = [range] } }, Given.Slice("web", Given.Local("10.244.1.1"))).Only();

        Assert.Equal(pod, port.FateOf("load balancer IP", PacketOrigin.Pod));
        Assert.Equal(node, port.FateOf("load balancer IP", PacketOrigin.Node));
        Assert.Equal(outside, port.FateOf("load balancer IP", PacketOrigin.Outside));
        Assert.Equal("Forwarded Replaced 10.244.1.1:8080", port.FateOf("node port", PacketOrigin.Outside));
    }

    [Fact]
    public void Without_the_proxys_options_nothing_is_guessed()
    {
        var unknown = new ExplainSettings(new ProxyOptions { NodeName = Given.NodeName, Mode = "iptables" }, KnowsPods: false);

        var port = Asking.Explain(unknown, Given.Node(), Balanced("Cluster", "Local"), Given.Slice("web", Given.Local("10.244.1.1"), Given.Remote("10.244.2.1"))).Only();

        Assert.Equal("Forwarded Unknown 10.244.1.1:8080 10.244.2.1:8080", port.FateOf("ClusterIP", PacketOrigin.Pod));
        var fate = Assert.Single(port.Ways.Single(way => way.Kind == "node port").Fates, fate => fate.From.Contains(PacketOrigin.Pod));
        Assert.Contains("not known here", fate.Why, StringComparison.Ordinal);
    }

    private static string AsTraced(PortExplanation port, string way, PacketOrigin from)
    {
        var fate = Assert.Single(port.Ways.Single(known => known.Kind == way).Fates, fate => fate.From.Contains(from));
        return fate.Verdict switch
        {
            Verdict.Dropped => "DROP",
            Verdict.Refused => "REJECT",
            Verdict.Untouched => "none",
            _ => string.Join(", ", fate.Endpoints) + (fate.Source == SourceAddress.Replaced ? " masq" : ""),
        };
    }

    private static string TargetOf(string way) => way switch
    {
        "ClusterIP" => "10.96.0.10:80",
        "external IP" => "198.51.100.3:80",
        "load balancer IP" => "198.51.100.7:80",
        _ => $"{Given.NodeAddress}:30080",
    };

    private static Service Balanced(string internalPolicy, string externalPolicy) => Given.Service("web", "10.96.0.10", spec => Given.NodePort(spec, 30080) with
    {
        Type = "LoadBalancer",
        ExternalIPs = ["198.51.100.3"],
        InternalTrafficPolicy = internalPolicy,
        ExternalTrafficPolicy = externalPolicy,
    }) with
    {
        Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { Ip = "198.51.100.7" }] } },
    };

    private static MiniK8s.Api.Discovery.V1.Endpoint[] EndpointsOf(string which) => which switch
    {
        "both" => [Given.Local("10.244.1.1"), Given.Remote("10.244.2.1")],
        "local" => [Given.Local("10.244.1.1")],
        "remote" => [Given.Remote("10.244.2.1")],
        "unready" => [Given.Endpoint("10.244.1.1", Given.NodeName, ready: false)],
        _ => [],
    };
}
