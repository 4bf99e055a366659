using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Proxy.Conntrack;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;
using ServicePort = MiniK8s.Proxy.Model.ServicePort;

namespace MiniK8s.Proxy.Tests.Conntrack;

public sealed class StaleFlowTests
{
    private static readonly ServicePort[] None = [];

    [Theory]
    [InlineData("10.96.0.53:53", "10.244.1.1:8080", false)]
    [InlineData("10.96.0.53:53", "10.244.1.2:8080", false)]
    [InlineData("10.96.0.53:53", "10.244.1.3:8080", true)]
    [InlineData("10.96.0.53:53", "10.244.1.9:8080", true)]
    [InlineData("10.96.0.53:53", "10.96.0.53:53", true)]
    [InlineData("192.0.2.53:53", "10.244.1.9:8080", true)]
    [InlineData("192.0.2.53:53", "10.244.1.1:8080", false)]
    [InlineData("192.168.77.1:30053", "10.244.1.9:8080", true)]
    [InlineData("192.168.77.1:30053", "10.244.1.1:8080", false)]
    [InlineData("10.96.0.53:54", "10.244.1.9:8080", false)]
    [InlineData("8.8.8.8:53", "8.8.8.8:53", false)]
    [InlineData("10.96.0.80:80", "10.244.1.9:8080", false)]
    public void A_flow_is_stale_when_it_went_to_a_udp_service_and_no_serving_endpoint_answers(string destination, string responder, bool expected)
    {
        var world = new World().Put(
            Dns(),
            Given.SliceOf("dns", "1", [Given.SlicePort("dns", 8080, "UDP")], Given.Local("10.244.1.1"), Given.Endpoint("10.244.1.2", "n2", false, true, true), Given.Endpoint("10.244.1.3", "n2", false)),
            Given.Service("web", "10.96.0.80"));

        Assert.Equal(expected, new StaleFlows(world.Tracker.Take().Current, None).IsStale(Flow(destination, responder)));
    }

    [Fact]
    public void All_flows_to_a_service_that_is_gone_are_stale()
    {
        var world = new World().Put(Dns());
        var before = world.Tracker.Take().Current;
        var gone = before.Services.Values.Select(state => state.Port);

        Assert.True(new StaleFlows(ProxyModel.Empty(IpFamily.V4), gone).IsStale(Flow("10.96.0.53:53", "10.244.1.1:8080")));
    }

    [Fact]
    public void Changes_without_udp_ask_for_no_look()
    {
        var world = new World().Put(Given.Service("web", "10.96.0.80"));
        Assert.False(StaleFlows.ConcernedBy(world.Tracker.Take()));

        world.Put(Dns());
        Assert.True(StaleFlows.ConcernedBy(world.Tracker.Take()));
    }

    private static Flow Flow(string destination, string responder) => new(End(destination), End(responder));

    private static FlowEnd End(string text) => FlowEnd.Of(IPEndPoint.Parse(text).Address, IPEndPoint.Parse(text).Port);

    private static Service Dns() => Given.Service("dns", "10.96.0.53", spec => spec with
    {
        Type = "NodePort",
        Ports = [Given.Port("dns", 53, 30053, "UDP")],
        ExternalIPs = ["192.0.2.53"],
    });
}
