using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Conntrack;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Conntrack;

public sealed class StaleFlowTests
{
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

        Assert.Equal(expected, Stale(world).IsStale(Flow(destination, responder)));
    }

    [Fact]
    public void All_flows_to_a_service_that_is_gone_are_stale()
    {
        var world = new World().Put(Dns(), Serving("10.244.1.1"));
        world.Tracker.Take();
        world.Remove<Service>("dns");

        Assert.True(Stale(world).IsStale(Flow("10.96.0.53:53", "10.244.1.1:8080")));
    }

    [Fact]
    public void Only_changes_that_can_strand_a_udp_client_ask_for_a_look()
    {
        var world = new World();
        bool Asks(params IResource[] objects)
        {
            world.Put(objects);
            return !Changes(world).IsEmpty;
        }

        Assert.False(Asks(Given.Service("web", "10.96.0.80"), Given.Slice("web", Given.Local("10.244.1.1"))));
        Assert.False(Asks(Dns()), "a Service without endpoints has answered nobody");
        Assert.True(Asks(Serving("10.244.1.1")), "the first endpoint: until now packets went to the Service's own address");
        Assert.False(Asks(Serving("10.244.1.1", "10.244.1.2")), "one more endpoint");
        Assert.True(Asks(Serving("10.244.1.2")), "one endpoint less");
        Assert.True(Asks(Dns() with { Spec = Dns().Spec! with { ExternalIPs = ["192.0.2.54"] } }), "another way in");
        Assert.True(Asks(Serving()), "no endpoint any more");
        Assert.False(Asks(Given.Slice("web", Given.Local("10.244.1.9"))), "TCP has an end of its own");
    }

    [Fact]
    public void Where_rules_were_away_all_UDP_services_with_endpoints_are_looked_at()
    {
        var world = new World().Put(
            Dns(), Serving("10.244.1.1"), Given.Service("web", "10.96.0.80"), Given.Slice("web", Given.Local("10.244.1.1")),
            Given.Service("log", "10.96.0.54", spec => spec with { Ports = [Given.Port("dns", 53, protocol: "UDP")] }));
        var model = world.Tracker.Take().Current;
        var changes = new UdpChanges();
        changes.AddAll(model);
        var stale = changes.In(model);

        Assert.True(stale.IsStale(Flow("10.96.0.53:53", "10.96.0.53:53")), "it began without rules");
        Assert.False(stale.IsStale(Flow("10.96.0.53:53", "10.244.1.1:8080")));
        Assert.False(stale.IsStale(Flow("10.96.0.54:53", "10.96.0.54:53")), "nobody could serve it");
        Assert.False(stale.IsStale(Flow("10.96.0.80:80", "10.96.0.80:80")));
    }

    [Fact]
    public void Flows_to_other_services_are_not_judged()
    {
        var world = new World().Put(Dns(), Serving("10.244.1.1"), Given.Service("log", "10.96.0.54", spec => spec with { Ports = [Given.Port("dns", 53, protocol: "UDP")] }));
        world.Tracker.Take();
        world.Put(Serving("10.244.1.2"));
        var stale = Stale(world);

        Assert.True(stale.IsStale(Flow("10.96.0.53:53", "10.244.1.1:8080")));
        Assert.False(stale.IsStale(Flow("10.96.0.54:53", "10.244.1.1:8080")));
    }

    [Fact]
    public void An_address_that_a_service_lost_leads_nowhere_and_one_that_it_regained_to_its_endpoints()
    {
        var world = new World().Put(Dns(), Serving("10.244.1.1"));
        world.Tracker.Take();
        world.Put(Dns() with { Spec = Dns().Spec! with { ExternalIPs = [] } });
        var changes = Changes(world);
        Assert.True(changes.In(world.Tracker.Take().Current).IsStale(Flow("192.0.2.53:53", "10.244.1.1:8080")));

        world.Put(Dns());
        changes.Add(Changes(world));
        Assert.False(changes.In(world.Tracker.Take().Current).IsStale(Flow("192.0.2.53:53", "10.244.1.1:8080")));
    }

    private static UdpChanges Changes(World world)
    {
        var changes = new UdpChanges();
        changes.Add(world.Tracker.Take());
        return changes;
    }

    /// <summary>What is pending, judged by the Services as they are after it.</summary>
    private static StaleFlows Stale(World world)
    {
        var change = world.Tracker.Take();
        var changes = new UdpChanges();
        changes.Add(change);
        return changes.In(change.Current);
    }

    private static EndpointSlice Serving(params string[] addresses) =>
        Given.SliceOf("dns", "1", [Given.SlicePort("dns", 8080, "UDP")], [.. addresses.Select(Given.Local)]);

    private static Flow Flow(string destination, string responder) => new(End(destination), End(responder));

    private static FlowEnd End(string text) => FlowEnd.Of(IPEndPoint.Parse(text).Address, IPEndPoint.Parse(text).Port);

    private static Service Dns() => Given.Service("dns", "10.96.0.53", spec => spec with
    {
        Type = "NodePort",
        Ports = [Given.Port("dns", 53, 30053, "UDP")],
        ExternalIPs = ["192.0.2.53"],
    });
}
