using MiniK8s.Api.Core.V1;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Modes;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Explain;

/// <summary>Whole answers as people read them, kept in testdata/explain.</summary>
public sealed class ExplanationTextTests
{
    [Fact]
    public void A_plain_service_with_endpoints_that_are_passed_over()
    {
        var explanation = Asking.Explain(
            Given.Service("web", "10.96.0.10"),
            Given.Slice(
                "web",
                Asking.Named(Given.Local("10.244.1.1"), "web-7d4b9-k2x8f"),
                Asking.Named(Given.Remote("10.244.2.1"), "web-7d4b9-p9w4c"),
                Asking.Named(Given.Endpoint("10.244.1.2", Given.NodeName, ready: false), "web-7d4b9-zz5tq"),
                Asking.Named(Given.Endpoint("10.244.2.2", Given.OtherNode, ready: false, serving: true, terminating: true), "web-5c6f8-m3n7d")));

        TestData.AssertMatches("explain", "cluster-ip.txt", ExplanationText.Write(explanation));
    }

    [Fact]
    public void A_load_balancer_with_policy_Local_source_ranges_and_affinity()
    {
        var service = Given.Service("shop", "10.96.0.20", spec => spec with
        {
            Type = "LoadBalancer",
            ExternalTrafficPolicy = "Local",
            HealthCheckNodePort = 30999,
            SessionAffinity = "ClientIP",
            LoadBalancerSourceRanges = ["203.0.113.0/24", "10.0.0.0/8"],
            Ports = [Given.Port("http", 80, 30080)],
        });
        service = service with { Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { Ip = "198.51.100.7", IpMode = "VIP" }] } } };

        var explanation = Asking.Explain(service, Given.Slice("shop", Given.Local("10.244.1.1"), Given.Remote("10.244.2.1")));

        TestData.AssertMatches("explain", "load-balancer.txt", ExplanationText.Write(explanation));
        TestData.AssertMatches("explain", "load-balancer.json", ExplanationJson.Write(explanation));
    }

    [Fact]
    public void A_node_port_in_the_table_of_nftables()
    {
        var options = Asking.Settings.Options with { Mode = ProxyModes.Nftables };
        var service = Given.Service("web", "10.96.0.10", spec => Given.NodePort(spec, 30080) with { SessionAffinity = "ClientIP" });
        var asked = new ExplainedObjects(service, [Given.Slice("web", Given.Local("10.244.1.1"), Given.Remote("10.244.2.1"))], Given.Node());

        var explanation = ServiceExplainer.Explain(asked, Asking.Settings with { Options = options }, [PacketOrigin.Outside], family => new NftablesMode(options, NullLogger.Instance).RuleTextOf(family));

        TestData.AssertMatches("explain", "node-port-nftables.txt", ExplanationText.Write(explanation));
    }

    [Fact]
    public void A_service_without_an_endpoint_to_offer()
    {
        var explanation = Asking.Explain(
            Given.Service("broken", "10.96.0.30", spec => Given.NodePort(spec, 30081)),
            Given.SliceOf("broken", "1", [Given.SlicePort("metrics", 9090)], Given.Local("10.244.1.1")));

        TestData.AssertMatches("explain", "no-endpoints.txt", ExplanationText.Write(explanation));
    }
}
