using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.ControllerManager.Tests.EndpointSlices;

public sealed class EndpointSlicePlannerTests
{
    private readonly SliceWorld world = new();

    [Fact]
    public void L1_service_without_pods_has_one_placeholder_that_is_not_rewritten()
    {
        Assert.Equal((1, 0, 0), Counts(world.Sync()));
        var slice = Assert.Single(world.Slices);
        Assert.Empty(slice.Endpoints);
        Assert.Empty(slice.Ports);
        Assert.Equal("IPv4", slice.AddressType);
        Assert.True(world.Sync().IsEmpty);
    }

    [Fact]
    public void L2_slice_of_a_pod_says_who_made_it_for_whom()
    {
        world.Pods = [Sample.Pod("p1")];
        world.Sync();

        var slice = Assert.Single(world.Slices);
        Assert.Matches("^web-[a-z0-9]{5}$", slice.Metadata.Name);
        Assert.Equal("web-", slice.Metadata.GenerateName);
        Assert.Equal("web", slice.Metadata.Labels["kubernetes.io/service-name"]);
        Assert.Equal("endpointslice-controller.k8s.io", slice.Metadata.Labels["endpointslice.kubernetes.io/managed-by"]);
        Assert.DoesNotContain("service.kubernetes.io/headless", slice.Metadata.Labels.Keys);
        Assert.Equal(
            new OwnerReference { ApiVersion = "v1", Kind = "Service", Name = "web", Uid = "uid-web", Controller = true, BlockOwnerDeletion = true },
            Assert.Single(slice.Metadata.OwnerReferences));
        var port = Assert.Single(slice.Ports);
        Assert.Equal(("http", 8080, "TCP"), (port.Name, port.Port, port.Protocol));
        var endpoint = Assert.Single(slice.Endpoints);
        Assert.Equal(["10.244.1.1"], endpoint.Addresses);
        Assert.Equal(("n1", "z1", "p1"), (endpoint.NodeName, endpoint.Zone, endpoint.TargetRef!.Name));
    }

    [Fact]
    public void L2_dual_stack_service_has_slices_of_both_families()
    {
        world.Service = world.Service.With(s => s with { IpFamilies = ["IPv4", "IPv6"] });
        world.Pods = [Sample.Pod("p1").WithStatus(s => s with { PodIPs = [new() { Ip = "10.244.1.1" }, new() { Ip = "fd00::1" }] })];
        world.Sync();
        Assert.Equal(["10.244.1.1"], world.Slices.Single(s => s.AddressType == "IPv4").Endpoints[0].Addresses);
        Assert.Equal(["fd00::1"], world.Slices.Single(s => s.AddressType == "IPv6").Endpoints[0].Addresses);
        Assert.True(world.Sync().IsEmpty);
    }

    [Theory]
    [InlineData(true, false, false, true, true, false)]
    [InlineData(true, false, true, true, true, false)]
    [InlineData(false, false, false, false, false, false)]
    [InlineData(false, false, true, true, false, false)]
    [InlineData(true, true, false, false, true, true)]
    [InlineData(false, true, false, false, false, true)]
    [InlineData(true, true, true, true, true, true)]
    public void L18_conditions_follow_from_the_pod(bool podReady, bool deleted, bool publish, bool ready, bool serving, bool terminating)
    {
        var pod = Sample.Pod("p1", ready: podReady);
        world.Pods = [deleted ? pod.Terminating() : pod];
        world.Service = world.Service.With(s => s with { PublishNotReadyAddresses = publish });
        world.Sync();
        var conditions = world.Slices.Single().Endpoints.Single().Conditions!;
        Assert.Equal((ready, serving, terminating), (conditions.Ready, conditions.Serving, conditions.Terminating));
    }

    [Theory]
    [InlineData("Succeeded", "10.244.1.1", 0)]
    [InlineData("Failed", "10.244.1.1", 0)]
    [InlineData("Pending", "", 0)]
    [InlineData("Pending", "10.244.1.1", 1)]
    [InlineData("Unknown", "10.244.1.1", 1)]
    public void E11_pods_that_ended_or_have_no_address_are_no_endpoints(string phase, string ip, int expected)
    {
        world.Pods = [Sample.Pod("p1").WithStatus(s => s with { Phase = phase, PodIP = ip, PodIPs = [] })];
        world.Sync();
        Assert.Equal(expected, world.Slices.Single().Endpoints.Count);
    }

    [Theory]
    [InlineData("web", "host-1", "host-1")]
    [InlineData("other", "host-1", null)]
    [InlineData("web", null, null)]
    public void L18_host_name_only_where_the_subdomain_is_the_service(string subdomain, string? hostname, string? expected)
    {
        world.Pods = [Sample.Pod("p1").With(s => s with { Subdomain = subdomain, Hostname = hostname })];
        world.Sync();
        Assert.Equal(expected, world.Slices.Single().Endpoints.Single().Hostname);
    }

    [Fact]
    public void L13_named_port_with_other_numbers_in_each_pod_makes_slices_by_ports()
    {
        world.Service = world.Service.With(s => s with { Ports = [s.Ports[0] with { TargetPort = "http" }] });
        var other = new ContainerPort { Name = "http", ContainerPortValue = 9090, Protocol = "TCP" };
        world.Pods =
        [
            Sample.Pod("p1"), Sample.Pod("p2", "10.244.1.2"),
            Sample.Pod("p3", "10.244.1.3").With(s => s with { Containers = [s.Containers[0] with { Ports = [other] }] }),
        ];
        world.Sync();
        Assert.Equal(["p1", "p2"], world.Slices.Single(s => s.Ports.Single().Port == 8080).Endpoints.Select(e => e.TargetRef!.Name));
        Assert.Equal(["p3"], world.Slices.Single(s => s.Ports.Single().Port == 9090).Endpoints.Select(e => e.TargetRef!.Name));
    }

    [Fact]
    public void L15_pod_on_a_missing_node_is_left_out_and_reported_while_others_are_written()
    {
        world.Nodes = name => name == "n1" ? Sample.Node() : null;
        world.Pods = [Sample.Pod("p1"), Sample.Pod("p2", "10.244.1.2", node: "gone")];
        Assert.Equal("p2", Assert.Single(world.Plan().OnMissingNodes).Metadata.Name);
        world.Sync();
        Assert.Equal(["p1"], world.Members);

        world.Service = world.Service.With(s => s with { PublishNotReadyAddresses = true });
        Assert.Empty(world.Plan().OnMissingNodes);
        world.Sync();
        Assert.Null(world.Slices.Single().Endpoints.Single(e => e.TargetRef!.Name == "p2").Zone);
    }

    [Fact]
    public void L14_service_in_deletion_gets_no_new_slices_but_updates()
    {
        world.Pods = [Sample.Pod("p1")];
        world.MaxPerSlice = 1;
        world.Sync();
        world.Service = world.Service.WithMetadata(world.Service.Metadata with { DeletionTimestamp = Sample.Now });
        world.Pods = [Sample.Pod("p1", ready: false), Sample.Pod("p2", "10.244.1.2")];
        Assert.Equal((0, 1, 0), Counts(world.Sync()));
    }

    [Fact]
    public void L16_headless_service_without_ports_is_written_once()
    {
        world.Service = world.Service.With(s => s with { ClusterIP = "None", ClusterIPs = ["None"], Ports = [] });
        world.Sync();
        world.Pods = [Sample.Pod("p1")];
        Assert.Equal((0, 1, 0), Counts(world.Sync()));
        Assert.Equal("", world.Slices.Single().Metadata.Labels["service.kubernetes.io/headless"]);
        Assert.True(world.Sync().IsEmpty);
    }

    [Fact]
    public void L8_L21_labels_follow_the_service_reserved_ones_do_not_and_others_stay()
    {
        world.Pods = [Sample.Pod("p1")];
        world.Sync();
        world.Slices[0] = world.Slices[0].WithMetadata(world.Slices[0].Metadata with
        {
            Labels = new Dictionary<string, string>(world.Slices[0].Metadata.Labels) { ["slice-only"] = "x" },
        });
        world.Service = world.Service.WithMetadata(world.Service.Metadata with
        {
            Labels = Sample.Map(("tier", "front"), ("kubernetes.io/service-name", "evil"), ("endpointslice.kubernetes.io/managed-by", "evil")),
        });

        Assert.Equal((0, 1, 0), Counts(world.Sync()));
        var labels = world.Slices.Single().Metadata.Labels;
        Assert.Equal("front", labels["tier"]);
        Assert.Equal("x", labels["slice-only"]);
        Assert.Equal("web", labels["kubernetes.io/service-name"]);
        Assert.Equal("endpointslice-controller.k8s.io", labels["endpointslice.kubernetes.io/managed-by"]);
        Assert.True(world.Sync().IsEmpty);
    }

    [Fact]
    public void L20_address_types_come_from_families_then_address_then_both()
    {
        var service = world.Service;
        Assert.Equal(["IPv6"], ControllerManager.EndpointSlices.EndpointSlicePlanner.AddressTypes(service.With(s => s with { IpFamilies = ["IPv6"] })));
        Assert.Equal(["IPv6"], ControllerManager.EndpointSlices.EndpointSlicePlanner.AddressTypes(service.With(s => s with { IpFamilies = [], ClusterIP = "fd00::9" })));
        Assert.Equal(["IPv4", "IPv6"], ControllerManager.EndpointSlices.EndpointSlicePlanner.AddressTypes(service.With(s => s with { IpFamilies = [], ClusterIP = "None" })));
    }

    [Fact]
    public void L23_trigger_time_is_written_with_a_change_and_cleared_with_the_next_without_one()
    {
        world.Pods = [Sample.Pod("p1")];
        world.Sync(Sample.Now);
        Assert.Equal("2025-03-01T12:00:00Z", world.Slices.Single().Metadata.Annotations["endpoints.kubernetes.io/last-change-trigger-time"]);
        Assert.True(world.Sync(Sample.Now.AddSeconds(1)).IsEmpty);

        world.Pods = [Sample.Pod("p1", ready: false)];
        world.Sync();
        Assert.Empty(world.Slices.Single().Metadata.Annotations);
    }

    [Fact]
    public void L25_close_traffic_gets_hints_of_the_own_zone_and_loses_them_again()
    {
        world.Pods = [Sample.Pod("p1"), Sample.Pod("p2", "10.244.1.2", ready: false)];
        world.Service = world.Service.With(s => s with { TrafficDistribution = "PreferClose" });
        world.Sync();
        Assert.Equal(["z1"], world.Slices.Single().Endpoints.Single(e => e.TargetRef!.Name == "p1").Hints!.ForZones.Select(z => z.Name));
        Assert.Null(world.Slices.Single().Endpoints.Single(e => e.TargetRef!.Name == "p2").Hints);

        world.Service = world.Service.With(s => s with { TrafficDistribution = null });
        world.Sync();
        Assert.All(world.Slices.Single().Endpoints, e => Assert.Null(e.Hints));
    }

    [Fact]
    public void L25_a_wrong_hint_is_put_right_and_a_right_one_is_left_alone()
    {
        world.Pods = [Sample.Pod("p1")];
        world.Service = world.Service.With(s => s with { TrafficDistribution = "PreferClose" });
        world.Sync();
        var slice = world.Slices.Single();
        world.Slices[0] = slice with { Endpoints = [slice.Endpoints[0] with { Hints = new EndpointHints { ForZones = [new ForZone { Name = "z9" }] } }] };

        Assert.Equal((0, 1, 0), Counts(world.Sync()));
        Assert.Equal("z1", world.Slices.Single().Endpoints.Single().Hints!.ForZones.Single().Name);
        Assert.True(world.Sync().IsEmpty);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void L25_an_endpoint_without_a_zone_has_no_hint(string? zone)
    {
        world.Nodes = name => Sample.Node(name) is var node && zone is null
            ? node with { Metadata = node.Metadata with { Labels = new Dictionary<string, string>() } }
            : node with { Metadata = node.Metadata with { Labels = new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = "" } } };
        world.Pods = [Sample.Pod("p1")];
        world.Service = world.Service.With(s => s with { TrafficDistribution = "PreferClose" });
        world.Sync();

        var endpoint = world.Slices.Single().Endpoints.Single();
        Assert.Null(endpoint.Zone);
        Assert.Null(endpoint.Hints);
    }

    [Fact]
    public void L23_L25_an_endpoint_that_stops_being_ready_loses_its_hint_and_the_write_says_since_when_to_the_last_tick()
    {
        world.Pods = [Sample.Pod("p1").Terminating()];
        world.Service = world.Service.With(s => s with { TrafficDistribution = "PreferClose" });
        world.Sync(Sample.Now.AddTicks(1234567));

        Assert.Null(world.Slices.Single().Endpoints.Single().Hints);
        Assert.Equal("2025-03-01T12:00:00.1234567Z", world.Slices.Single().Metadata.Annotations["endpoints.kubernetes.io/last-change-trigger-time"]);
    }

    private static (int Create, int Update, int Delete) Counts(ControllerManager.EndpointSlices.SlicePlan plan) => (plan.Create.Count, plan.Update.Count, plan.Delete.Count);
}
