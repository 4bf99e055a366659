using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tests.Kit.Nft;

namespace MiniK8s.Proxy.Tests.Tracking;

/// <summary>
/// Services and slices that nobody writes on purpose, and what becomes of a packet to them behind kube-proxy v1.32, in each backend.
/// The Service is <see cref="Plain"/>: node port 30080, external IP 192.0.2.18, load balancer 192.0.2.10, cluster IP 10.96.0.10.
/// </summary>
public sealed class OddServiceTests
{
    private const string Pod = "10.244.1.99";
    private const string Stranger = "203.0.113.7";
    private const string Cluster = "10.96.0.10:80";
    private const string Balancer = "192.0.2.10:80";
    private const string External = "192.0.2.18:80";
    private const string One = "10.244.1.1:8080";
    private const string OneMasked = One + " masq";

    private static readonly Endpoint Here = Given.Local("10.244.1.1");
    private static readonly EndpointSlice Slice = Given.Slice("web", Here);

    public static TheoryData<string, string, string, string> SourceRanges => new()
    {
        { "2001:db8::/32", Stranger, Balancer, OneMasked },
        { "2001:db8::/32 198.51.100.0/24", Stranger, Balancer, "DROP" },
        { "0.0.0.0/0", Stranger, Balancer, OneMasked },
        { "198.51.100.0/24 0.0.0.0/0", Stranger, Balancer, OneMasked },
        { "203.0.113.77/24", Stranger, Balancer, OneMasked },
        { "203.0.0.0/8 203.0.113.0/24", Stranger, Balancer, OneMasked },
        { "203.0.113.0/33 somewhere", Stranger, Balancer, OneMasked },
        { "192.0.2.10/32", "192.0.2.10", Balancer, OneMasked },
        { "198.51.100.0/24", Given.NodeAddress, Balancer, "DROP" },
    };

    [Theory]
    [MemberData(nameof(SourceRanges))]
    public void Source_ranges_are_those_of_the_family_that_can_be_read(string ranges, string source, string destination, string expected) =>
        AssertFates([Plain(spec => spec with { LoadBalancerSourceRanges = [.. ranges.Split(' ').Select(range => $" {range} ")] }), Slice], (source, destination, expected));

    [Fact]
    public void A_balancers_address_that_is_an_external_IP_too_is_open_as_such() => AssertFates(
        [Plain(spec => spec with { ExternalIPs = ["192.0.2.10"], LoadBalancerSourceRanges = ["198.51.100.0/24"] }), Slice],
        (Stranger, Balancer, OneMasked),
        (Stranger, Given.NodeAddress + ":30080", OneMasked));

    [Fact]
    public void Of_ingress_only_addresses_of_the_family_that_the_node_answers_for_count() => AssertFates(
        [
            Balanced(Plain(), new() { Hostname = "lb.example.com" }, new() { Ip = "2001:db8::10" }, new() { Ip = "192.0.2.11", IpMode = "Proxy" }, new() { Ip = "192.0.2.12", IpMode = "VIP" }),
            Slice,
        ],
        (Stranger, Balancer, "none"),
        (Stranger, "192.0.2.11:80", "none"),
        (Pod, "192.0.2.11:80", "none"),
        (Stranger, "192.0.2.12:80", OneMasked));

    [Fact]
    public void An_address_of_the_node_is_a_way_in_at_the_Services_port_only()
    {
        var address = Given.NodeAddress;
        var service = Balanced(Plain(spec => spec with { ExternalIPs = [] , LoadBalancerSourceRanges = ["203.0.113.0/24"] }), new LoadBalancerIngress { Ip = address });
        AssertFates([service, Slice], (Stranger, $"{address}:80", OneMasked), ("198.51.100.1", $"{address}:80", "DROP"), (Stranger, $"{address}:22", "none"), (Stranger, $"{address}:30080", OneMasked));
        AssertFates([Plain(spec => spec with { ExternalIPs = [address] }), Slice], (Stranger, $"{address}:80", OneMasked), (Pod, $"{address}:80", OneMasked), (Stranger, $"{address}:22", "none"));
        AssertFates([Plain(spec => spec with { ExternalIPs = [address] })], (Stranger, $"{address}:80", "REJECT"), (Stranger, $"{address}:22", "none"));
    }

    [Fact]
    public void A_port_that_its_Service_does_not_have_is_refused_at_an_external_address_by_IPVS_only()
    {
        foreach (var world in Worlds())
        {
            world.Put([Plain(), Slice]);
            world.Sync();
            foreach (var address in (string[])["192.0.2.10", "192.0.2.18"]) Assert.Equal((world, world is IpvsWorld ? "REJECT" : "none"), (world, world.Trace(Stranger, $"{address}:81")));
        }
    }

    [Fact]
    public void The_node_has_all_endpoints_of_policy_Local_by_any_external_address()
    {
        var service = Plain(spec => spec with { ExternalTrafficPolicy = "Local" });
        var far = "10.244.2.1:8080 masq";
        AssertFates(
            [service, Given.Slice("web", Given.Remote("10.244.2.1"))],
            (Given.NodeAddress, Balancer, far), (Given.NodeAddress, External, far), (Given.NodeAddress, Given.NodeAddress + ":30080", far), (Stranger, Balancer, "DROP"));
    }

    [Fact]
    public void Without_endpoints_everybody_is_refused_whatever_the_source_ranges() => AssertFates(
        [Plain(spec => spec with { LoadBalancerSourceRanges = ["198.51.100.0/24"] })],
        (Stranger, Balancer, "REJECT"), ("198.51.100.1", Balancer, "REJECT"), (Pod, Balancer, "REJECT"));

    [Fact]
    public void Ports_of_one_Service_may_lead_to_one_port_of_the_pod() => AssertFates(
        [
            Plain(spec => spec with { Ports = [Given.Port("http", 80), Given.Port("alt", 81), Given.Port("udp", 80, protocol: "UDP")] }),
            Given.SliceOf("web", "1", [Given.SlicePort("http", 8080), Given.SlicePort("alt", 8080), Given.SlicePort("udp", 8080, "UDP")], Here),
        ],
        (Pod, Cluster, One),
        (Pod, "10.96.0.10:81", One),
        (Pod, "10.96.0.10:82", "REJECT"));

    public static TheoryData<string, EndpointSlice> SlicesOfNobody => new()
    {
        { "names", Slice with { AddressType = "FQDN", Endpoints = [Here with { Addresses = ["pod.example.com"] }] } },
        { "the other family", Slice with { AddressType = "IPv6", Endpoints = [Here with { Addresses = ["fd00::1"] }] } },
        { "an address of the other family", Slice with { Endpoints = [Here with { Addresses = ["fd00::1", "10.244.1.1"] }] } },
        { "no Service", Labelled(Slice) },
        { "an empty Service", Labelled(Slice, ("kubernetes.io/service-name", "")) },
        { "another namespace", Slice with { Metadata = Slice.Metadata with { Namespace = "other" } } },
        { "another proxy's", Labelled(Slice, ("kubernetes.io/service-name", "web"), ("service.kubernetes.io/service-proxy-name", "mesh")) },
        { "a headless Service's", Labelled(Slice, ("kubernetes.io/service-name", "web"), ("service.kubernetes.io/headless", "")) },
        { "no ports", Slice with { Ports = [] } },
        { "no number", Slice with { Ports = [Given.SlicePort("http", null)] } },
        { "number zero", Slice with { Ports = [Given.SlicePort("http", 0)] } },
        { "another port name", Slice with { Ports = [Given.SlicePort("https", 8080)] } },
        { "no port name", Slice with { Ports = [Given.SlicePort(null, 8080)] } },
        { "another protocol", Slice with { Ports = [Given.SlicePort("http", 8080, "UDP")] } },
        { "no addresses", Slice with { Endpoints = [Here with { Addresses = [] }] } },
    };

    [Theory]
    [MemberData(nameof(SlicesOfNobody))]
    public void A_slice_that_does_not_fit_gives_no_endpoints(string what, EndpointSlice slice)
    {
        _ = what;
        AssertFates([Plain(), slice], (Pod, Cluster, "REJECT"), (Stranger, External, "REJECT"));
    }

    [Fact]
    public void A_slice_of_somebody_elses_making_counts_and_so_do_only_first_addresses_and_conditions_that_are_not_there() => AssertFates(
        [
            Plain(spec => spec with { InternalTrafficPolicy = "Local", ExternalTrafficPolicy = "Local" }),
            Labelled(
                Slice with { Endpoints = [new() { Addresses = ["10.244.1.1", "10.244.1.2"], NodeName = Given.NodeName }, new() { Addresses = ["10.244.1.3"], Conditions = new() }] },
                ("kubernetes.io/service-name", "web"),
                ("endpointslice.kubernetes.io/managed-by", "somebody")),
        ],
        (Pod, Cluster, One),
        (Stranger, External, One),
        (Pod, External, One + ", 10.244.1.3:8080"));

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void An_address_in_two_slices_is_on_this_node_where_one_says_so(string here, string elsewhere)
    {
        EndpointSlice Of(string suffix, Endpoint endpoint) => Given.SliceOf("web", suffix, [Given.SlicePort("http", 8080)], endpoint);
        var service = Plain(spec => spec with { ExternalTrafficPolicy = "Local" });

        AssertFates([service, Of(here, Here), Of(elsewhere, Given.Remote("10.244.1.1"))], (Stranger, External, One));
        AssertFates([service, Of(here, Given.Endpoint("10.244.1.1", Given.NodeName, ready: false, serving: true, terminating: true)), Of(elsewhere, Given.Remote("10.244.1.1"))], (Stranger, External, One));
    }

    [Fact]
    public void A_Service_that_changes_its_type_is_what_it_is_now()
    {
        var headless = Plain(spec => spec with { Type = "ClusterIP", ClusterIP = "None", ClusterIPs = ["None"], ExternalIPs = [], Ports = [Given.Port("http", 80)] });
        var alias = Plain(spec => spec with { Type = "ExternalName", ClusterIP = "", ClusterIPs = [], ExternalIPs = [], Ports = [] });
        var inner = Given.Service("web", "10.96.0.10");
        var renamed = inner with { Spec = inner.Spec! with { Ports = [Given.Port("web", 80)] } };
        (Service Service, string AtCluster, string AtNodePort)[] steps =
        [
            (inner, One, "none"), (Plain(), One, OneMasked), (alias, "none", "none"), (Plain(), One, OneMasked), (renamed, "REJECT", "none"), (inner, One, "none"),
            (headless, "none", "none"), (inner with { Spec = inner.Spec! with { Ports = [Given.Port("http", 80, protocol: "UDP")] } }, "REJECT", "none"), (inner, One, "none"),
        ];
        foreach (var world in Worlds())
        {
            world.Put([Slice]);
            foreach (var (service, atCluster, atNodePort) in steps)
            {
                world.Put([service with { Status = null }]);
                world.Sync();
                Assert.Equal((world, service, atCluster), (world, service, world.Trace(Pod, Cluster)));
                Assert.Equal((world, service, atNodePort), (world, service, world.Trace(Stranger, Given.NodeAddress + ":30080")));
            }
        }
    }

    private static void AssertFates(IResource[] objects, params (string Source, string Destination, string Fate)[] expected)
    {
        foreach (var world in Worlds())
        {
            world.Put(objects);
            world.Sync();
            foreach (var (source, destination, fate) in expected)
            {
                Assert.Equal($"{world.GetType().Name}: {source} > {destination} = {fate}", $"{world.GetType().Name}: {source} > {destination} = {world.Trace(source, destination)}");
            }
        }
    }

    private static IRuleWorld[] Worlds() => [new World(), new NftWorld(), new IpvsWorld(new World())];

    private static Service Plain(Func<ServiceSpec, ServiceSpec>? change = null)
    {
        var service = Given.Service("web", "10.96.0.10", spec => Given.NodePort(spec, 30080) with { Type = "LoadBalancer", ExternalIPs = ["192.0.2.18"] });
        return Balanced(service with { Spec = change?.Invoke(service.Spec!) ?? service.Spec }, new LoadBalancerIngress { Ip = "192.0.2.10" });
    }

    private static Service Balanced(Service service, params LoadBalancerIngress[] ingress) =>
        service with { Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = ingress } } };

    private static EndpointSlice Labelled(EndpointSlice slice, params (string Key, string Value)[] labels) => slice with
    {
        Metadata = slice.Metadata with { Labels = labels.ToDictionary(label => label.Key, label => label.Value) },
    };
}
