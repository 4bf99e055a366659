using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.ControllerManager.SliceMirroring;

namespace MiniK8s.ControllerManager.Tests.SliceMirroring;

/// <summary>L26: hand-made Endpoints show in slices.</summary>
public sealed class MirroringPlannerTests
{
    private static readonly Service Service = Sample.Service().With(s => s with { Selector = new Dictionary<string, string>() });

    private static readonly Endpoints Made = new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "web", Uid = "uid-ep", Annotations = Sample.Map(("note", "x"), ("kubectl.kubernetes.io/last-applied-configuration", "{}")) },
        Subsets =
        [
            new EndpointSubset
            {
                Addresses = [new EndpointAddress { Ip = "192.0.2.1" }, new EndpointAddress { Ip = "2001:db8::1" }],
                NotReadyAddresses = [new EndpointAddress { Ip = "192.0.2.2", NodeName = "n1" }],
                Ports = [new EndpointPort { Name = "http", Port = 8080, Protocol = "TCP" }],
            },
        ],
    };

    [Fact]
    public void Each_family_gets_a_slice_owned_by_the_object()
    {
        var plan = MirroringPlanner.Plan(Made, Service, []);
        Assert.Equal(2, plan.Create.Count);
        var slice = plan.Create.Single(s => s.AddressType == "IPv4");
        Assert.Equal("endpointslicemirroring-controller.k8s.io", slice.Metadata.Labels["endpointslice.kubernetes.io/managed-by"]);
        Assert.Equal("web", slice.Metadata.Labels["kubernetes.io/service-name"]);
        Assert.Equal(["note"], slice.Metadata.Annotations.Keys);
        Assert.Equal(("Endpoints", "uid-ep"), (slice.Metadata.OwnerReferences.Single().Kind, slice.Metadata.OwnerReferences.Single().Uid));
        Assert.Equal([("192.0.2.1", true), ("192.0.2.2", false)], slice.Endpoints.Select(e => (e.Addresses.Single(), e.Conditions!.Ready!.Value)));
        Assert.Equal(8080, slice.Ports.Single().Port);
        Assert.Equal("2001:db8::1", plan.Create.Single(s => s.AddressType == "IPv6").Endpoints.Single().Addresses.Single());
    }

    [Fact]
    public void What_is_mirrored_already_is_not_written_and_a_change_updates()
    {
        var slices = MirroringPlanner.Plan(Made, Service, []).Create;
        Assert.True(MirroringPlanner.Plan(Made, Service, slices).IsEmpty);
        var changed = Made with { Subsets = [Made.Subsets[0] with { NotReadyAddresses = [] }] };
        var plan = MirroringPlanner.Plan(changed, Service, slices);
        Assert.Equal(["192.0.2.1"], Assert.Single(plan.Update).Endpoints.Single().Addresses);
        Assert.Empty(plan.Create);
        Assert.Empty(plan.Delete);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("no service")]
    [InlineData("selector")]
    [InlineData("skip")]
    [InlineData("election")]
    public void What_is_not_to_be_mirrored_loses_its_slices(string why)
    {
        var slices = MirroringPlanner.Plan(Made, Service, []).Create;
        var endpoints = why switch
        {
            "gone" => null,
            "skip" => Made with { Metadata = Made.Metadata with { Labels = Sample.Map(("endpointslice.kubernetes.io/skip-mirror", "true")) } },
            "election" => Made with { Metadata = Made.Metadata with { Annotations = Sample.Map(("control-plane.alpha.kubernetes.io/leader", "{}")) } },
            _ => Made,
        };
        var service = why switch { "no service" => null, "selector" => Sample.Service(), _ => Service };
        var plan = MirroringPlanner.Plan(endpoints, service, slices);
        Assert.Equal(2, plan.Delete.Count);
        Assert.Empty(plan.Create);
        Assert.Empty(plan.Update);
    }

    [Fact]
    public void At_most_a_thousand_addresses_of_a_subset_are_mirrored()
    {
        var big = Made with
        {
            Subsets = [Made.Subsets[0] with { Addresses = [.. Enumerable.Range(0, 1200).Select(i => new EndpointAddress { Ip = $"192.0.{i / 250}.{(i % 250) + 1}" })] }],
        };
        Assert.Equal(1000, MirroringPlanner.Plan(big, Service, []).Create.Sum(s => s.Endpoints.Count));
    }
}
