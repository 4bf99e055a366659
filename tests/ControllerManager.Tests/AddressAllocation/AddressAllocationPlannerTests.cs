using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.ControllerManager.AddressAllocation;

namespace MiniK8s.ControllerManager.Tests.AddressAllocation;

public sealed class AddressAllocationPlannerTests
{
    private static readonly ServiceNetwork Network = new([IpRange.Parse("10.96.0.0/24")], new PortRange(30000, 30099));

    /// <summary>A Service as it is before anybody chose for it.</summary>
    private static Service Bare(string type = "ClusterIP", string name = "web") =>
        Sample.Service(name).With(s => s with { Type = type, ClusterIP = null, ClusterIPs = [] });

    private static AllocationPlan Plan(Service service, Func<Claim, bool>? isTaken = null) =>
        AddressAllocationPlanner.Plan(service, Network, isTaken ?? (_ => false), new Random(1));

    [Fact]
    public void Service_gets_an_address_of_the_upper_band_and_keeps_its_version()
    {
        var assign = Assert.IsType<AllocationPlan.Assign>(Plan(Bare()));
        Assert.InRange(IPAddress.Parse(assign.Service.Spec!.ClusterIP!).GetAddressBytes()[3], 17, 254);
        Assert.Equal([assign.Service.Spec.ClusterIP!], assign.Service.Spec.ClusterIPs);
        Assert.Equal("5", assign.Service.Metadata.ResourceVersion);
        Assert.Equal([Claim.Of(IPAddress.Parse(assign.Service.Spec.ClusterIP!))], assign.Chosen);
    }

    [Fact]
    public void Node_ports_are_chosen_and_what_is_there_is_kept()
    {
        var service = Sample.Service().With(s => s with { Type = "NodePort", Ports = [s.Ports[0] with { NodePort = 30007 }, new() { Name = "b", Port = 81, Protocol = "TCP" }] });
        var assign = Assert.IsType<AllocationPlan.Assign>(Plan(service));
        Assert.Equal("10.96.0.10", assign.Service.Spec!.ClusterIP);
        Assert.Equal(30007, assign.Service.Spec.Ports[0].NodePort);
        Assert.Equal([Claim.Of(assign.Service.Spec.Ports[1].NodePort!.Value)], assign.Chosen);
    }

    [Fact]
    public void Complete_headless_external_and_deleted_services_need_nothing()
    {
        Assert.IsType<AllocationPlan.Nothing>(Plan(Sample.Service()));
        Assert.IsType<AllocationPlan.Nothing>(Plan(Bare().With(s => s with { ClusterIP = "None", ClusterIPs = ["None"] })));
        Assert.IsType<AllocationPlan.Nothing>(Plan(Bare("ExternalName").With(s => s with { IpFamilies = [], Ports = [] })));
        var deleted = Bare();
        Assert.IsType<AllocationPlan.Nothing>(Plan(deleted.WithMetadata(deleted.Metadata with { DeletionTimestamp = Sample.Now })));
    }

    [Fact]
    public void Full_range_assigns_nothing_and_says_which()
    {
        Assert.Equal("no address is free in 10.96.0.0/24", Assert.IsType<AllocationPlan.Exhausted>(Plan(Bare("NodePort"), c => c.IsAddress)).Message);
        Assert.Equal("no node port is free in 30000-30099", Assert.IsType<AllocationPlan.Exhausted>(Plan(Bare("NodePort"), c => !c.IsAddress)).Message);
        Assert.Equal("the cluster has no range of IPv6 Service addresses", Assert.IsType<AllocationPlan.Exhausted>(Plan(Bare().With(s => s with { IpFamilies = ["IPv6"] }))).Message);
    }

    [Theory]
    [InlineData("spec.clusterIPs[0]", true, false)]
    [InlineData("spec.clusterIP", true, false)]
    [InlineData("spec.ports[2].nodePort", false, true)]
    [InlineData("spec.healthCheckNodePort", false, true)]
    [InlineData("spec.ports[0].name", false, false)]
    public void Refusal_is_about_what_its_field_says(string field, bool address, bool port)
    {
        IReadOnlyList<Claim> chosen = [Claim.Of(IPAddress.Parse("10.96.0.9")), Claim.Of(30001)];
        Assert.Equal([.. (address ? chosen.Take(1) : []), .. (port ? chosen.Skip(1) : [])], AddressAllocationPlanner.Refused(chosen, [field]));
    }
}
