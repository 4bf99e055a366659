using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Tests.Tracking;

public sealed class ChangeTrackerTests
{
    private readonly ChangeTracker tracker = new(new TrackerOptions(IpFamily.V4, Given.NodeName, Balancing.Random));
    private int changes;

    public ChangeTrackerTests() => tracker.Changed += () => changes++;

    [Fact]
    public void Slices_may_come_before_their_service()
    {
        Add(Given.Slice("web", Given.Local("10.244.1.1")));
        Assert.True(tracker.Take().IsEmpty);

        Add(Given.Service("web", "10.96.0.10"));

        Assert.Equal("10.244.1.1:8080", Only().Endpoints[0].Text);
    }

    [Fact]
    public void Endpoints_of_all_slices_are_joined_sorted_and_single()
    {
        Add(Given.Service("web", "10.96.0.10"));
        Add(Given.SliceOf("web", "b", [Given.SlicePort("http", 8080)], Given.Local("10.244.1.3"), Given.Local("10.244.1.1")));
        Add(Given.SliceOf("web", "a", [Given.SlicePort("http", 8080)], Given.Remote("10.244.1.2"), Given.Local("10.244.1.1")));

        Assert.Equal(["10.244.1.1:8080", "10.244.1.2:8080", "10.244.1.3:8080"], Only().Endpoints.Select(endpoint => endpoint.Text));
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void An_address_in_two_slices_is_what_does_not_terminate(string terminating, string running)
    {
        Add(Given.Service("web", "10.96.0.10"));
        Add(Given.SliceOf("web", terminating, [Given.SlicePort("http", 8080)], Given.Endpoint("10.244.1.1", Given.NodeName, false, true, terminating: true)));
        Add(Given.SliceOf("web", running, [Given.SlicePort("http", 8080)], Given.Local("10.244.1.1")));

        Assert.True(Only().Endpoints[0].IsReady);
    }

    [Fact]
    public void Slices_match_by_port_name_and_protocol()
    {
        Add(Given.Service("web", "10.96.0.10", spec => spec with { Ports = [Given.Port("http", 80), Given.Port("dns", 53, protocol: "UDP")] }));
        Add(Given.SliceOf("web", "1", [Given.SlicePort("http", 8080), Given.SlicePort("dns", 53), Given.SlicePort("none", null)], Given.Local("10.244.1.1")));

        var services = tracker.Take().Current.Services;

        Assert.Equal(2, services.Count);
        Assert.Equal([0, 1], services.Values.OrderBy(state => state.Endpoints.Count).Select(state => state.Endpoints.Count));
    }

    [Fact]
    public void A_slice_that_changes_its_service_leaves_the_old_one()
    {
        Add(Given.Service("one", "10.96.0.1"));
        Add(Given.Service("two", "10.96.0.2"));
        var slice = Given.Slice("one", Given.Local("10.244.1.1"));
        Add(slice);
        tracker.Take();

        Add(slice with { Metadata = slice.Metadata with { Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = "two" } } });

        var change = tracker.Take();
        Assert.Equal([0, 1], change.Current.Services.Values.Select(state => state.Endpoints.Count));
        Assert.Equal(2, change.Touched.Count);
    }

    [Fact]
    public void Changes_that_no_packet_could_feel_wake_nobody()
    {
        var service = Given.Service("web", "10.96.0.10");
        Add(service);
        tracker.Take();
        changes = 0;

        Add(service with { Metadata = service.Metadata with { ResourceVersion = "7", Labels = new Dictionary<string, string> { ["team"] = "blue" } } });

        Assert.Equal(0, changes);
        Assert.True(tracker.Take().IsEmpty);
    }

    [Fact]
    public void A_flapping_endpoint_between_two_syncs_is_no_change()
    {
        Add(Given.Service("web", "10.96.0.10"));
        Add(Given.Slice("web", Given.Local("10.244.1.1")));
        tracker.Take();

        Add(Given.Slice("web"));
        Add(Given.Slice("web", Given.Local("10.244.1.1")));

        Assert.True(tracker.Take().IsEmpty);
    }

    [Fact]
    public void Only_touched_ports_are_named()
    {
        for (var i = 1; i < 100; i++) Add(Given.Service($"s{i}", $"10.96.0.{i}"));
        tracker.Take();

        Add(Given.Slice("s7", Given.Local("10.244.1.1")));

        Assert.Equal("shop/s7:http", Assert.Single(tracker.Take().Touched).ToString());
    }

    [Fact]
    public void A_deleted_service_leaves_the_model_and_its_slices_stay_known()
    {
        var service = Given.Service("web", "10.96.0.10");
        Add(service);
        Add(Given.Slice("web", Given.Local("10.244.1.1")));
        tracker.Take();

        tracker.Apply(new CacheChange<Service>(ObjectKey.Of(service), service, null));
        Assert.Empty(tracker.Take().Current.Services);

        Add(service);
        Assert.Single(Only().Endpoints);
    }

    [Fact]
    public void Another_nodes_changes_do_not_matter()
    {
        var other = Given.Node("a") with { Metadata = Given.Node("a").Metadata with { Name = "n2" } };

        tracker.Apply(new CacheChange<Node>(ObjectKey.Of(other), null, other));

        Assert.Equal(0, changes);
    }

    [Theory]
    [InlineData(Given.NodeAddress, Given.NodeAddress)]
    [InlineData("127.0.0.1", null)]
    public void Node_ports_on_the_primary_address_only_answer_on_all_where_it_is_loopback(string address, string? expected)
    {
        var primary = new ChangeTracker(new TrackerOptions(IpFamily.V4, Given.NodeName, Balancing.Random) { OnlyPrimaryNodePorts = true });
        Assert.Empty(primary.Take().Current.Node.NodePortAddresses!.Value);

        var node = Given.Node(null, address);
        primary.Apply(new CacheChange<Node>(ObjectKey.Of(node), null, node));

        Assert.Equal(expected, primary.Take().Current.Node.NodePortAddresses?.Single().ToString());
    }

    [Fact]
    public void A_node_that_is_deleted_keeps_its_address_and_forgets_its_zone()
    {
        var primary = new ChangeTracker(new TrackerOptions(IpFamily.V4, Given.NodeName, Balancing.Random) { OnlyPrimaryNodePorts = true });
        var node = Given.Node("a");
        primary.Apply(new CacheChange<Node>(ObjectKey.Of(node), null, node));
        Assert.Equal("a", primary.Take().Current.Node.Zone);

        primary.Apply(new CacheChange<Node>(ObjectKey.Of(node), node, null));

        var left = primary.Take().Current.Node;
        Assert.Equal((Given.NodeAddress, Given.NodeAddress, ""), (left.Address?.ToString(), left.NodePortAddresses?.Single().ToString(), left.Zone));

        var elsewhere = Given.Node(null, "192.168.77.2");
        primary.Apply(new CacheChange<Node>(ObjectKey.Of(elsewhere), null, elsewhere));
        Assert.Equal("192.168.77.2", primary.Take().Current.Node.NodePortAddresses?.Single().ToString());
    }

    private ServiceState Only() => Assert.Single(tracker.Take().Current.Services.Values);

    private void Add(Service service) => tracker.Apply(new CacheChange<Service>(ObjectKey.Of(service), null, service));

    private void Add(EndpointSlice slice) => tracker.Apply(new CacheChange<EndpointSlice>(ObjectKey.Of(slice), null, slice));
}
