using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

/// <summary>Changes of a Service that has its address (service-cases U1-U15, S8, S30-S33, S36, S39).</summary>
public sealed class ServiceUpdateTests
{
    private static readonly ServiceKind Kind = new(ServiceNetwork.Default);

    private static Service Of(ServiceSpec spec) => ServiceAllocation.Complete(
        Kind.Created(new Service { Metadata = new() { Name = "web", Namespace = "default" }, Spec = spec with { Ports = spec.Type == "ExternalName" ? [] : [new() { Port = 80 }] } }),
        ServiceNetwork.Default, _ => false, _ => false, new Random(1));

    private static Service ClusterIP => Of(new() { ClusterIP = "10.96.0.5" });

    private static Service NodePort => Of(new() { Type = "NodePort", ClusterIP = "10.96.0.5" });

    private static Service LoadBalancer => Of(new() { Type = "LoadBalancer", ClusterIP = "10.96.0.5", LoadBalancerClass = "example.com/lb" });

    private static Service Local => Of(new() { Type = "LoadBalancer", ClusterIP = "10.96.0.5", ExternalTrafficPolicy = "Local", HealthCheckNodePort = 30012 });

    private static Service Headless => Of(new() { ClusterIP = "None", Selector = new Dictionary<string, string> { ["a"] = "b" } });

    private static Service ExternalName => Of(new() { Type = "ExternalName", ExternalName = "a.example.com" });

    private static readonly Dictionary<string, (Service Before, Func<ServiceSpec, ServiceSpec> Change, string[] Fields)> Cases = new()
    {
        ["U1 no change of a ClusterIP"] = (ClusterIP, s => s, []),
        ["U1 no change of a load balancer"] = (Local, s => s, []),
        ["U3 selector"] = (ClusterIP, s => s with { Selector = new Dictionary<string, string> { ["x"] = "y" } }, []),
        ["U4 affinity"] = (ClusterIP, s => s with { SessionAffinity = "ClientIP" }, []),
        ["U5 type unknown"] = (ClusterIP, s => s with { Type = "" }, ["spec.type"]),
        ["U6 another address"] = (ClusterIP, s => s with { ClusterIP = "10.96.0.6", ClusterIPs = ["10.96.0.6"] }, ["spec.clusterIPs[0]"]),
        ["U6 another address in the old field alone"] = (ClusterIP, s => s with { ClusterIP = "10.96.0.6", ClusterIPs = [] }, ["spec.clusterIPs[0]"]),
        ["U6 address to None"] = (ClusterIP, s => s with { ClusterIP = "None", ClusterIPs = [] }, ["spec.clusterIPs[0]"]),
        ["U6 None to address"] = (Headless, s => s with { ClusterIP = "10.96.0.6", ClusterIPs = [] }, ["spec.clusterIPs[0]"]),
        ["U7 another address with another type"] = (ClusterIP, s => s with { Type = "NodePort", ClusterIP = "10.96.0.6", ClusterIPs = ["10.96.0.6"] }, ["spec.clusterIPs[0]"]),
        ["U8 external name to an address"] = (ExternalName, s => s with { Type = "ClusterIP", ClusterIP = "10.96.0.6", Ports = [new() { Port = 80 }] }, []),
        ["U8 to external name with an address of its own"] = (ClusterIP, s => s with { Type = "ExternalName", ExternalName = "a.b", ClusterIP = "10.96.0.6", ClusterIPs = ["10.96.0.6"] }, ["spec.clusterIPs"]),
        ["U8 to external name as it stands"] = (ClusterIP, s => s with { Type = "ExternalName", ExternalName = "a.b" }, []),
        ["U9 source ranges"] = (LoadBalancer, s => s with { LoadBalancerSourceRanges = ["10.0.0.0/8"] }, []),
        ["U10 app protocol"] = (ClusterIP, s => s with { Ports = [s.Ports[0] with { AppProtocol = "https" }] }, []),
        ["U11 internal policy"] = (ClusterIP, s => s with { InternalTrafficPolicy = "Local" }, []),
        ["U11 node ports of a load balancer off"] = (LoadBalancer, s => s with { AllocateLoadBalancerNodePorts = false }, []),
        ["U12 another class"] = (LoadBalancer, s => s with { LoadBalancerClass = "example.com/other" }, ["spec.loadBalancerClass"]),
        ["U12 class removed"] = (LoadBalancer, s => s with { LoadBalancerClass = null }, ["spec.loadBalancerClass"]),
        ["U12 class set late"] = (Local, s => s with { LoadBalancerClass = "example.com/lb" }, ["spec.loadBalancerClass"]),
        ["U12 class with the type"] = (ClusterIP, s => s with { Type = "LoadBalancer", LoadBalancerClass = "example.com/lb" }, []),
        ["U12 class goes with the type"] = (LoadBalancer, s => s with { Type = "ClusterIP" }, []),
        ["U12 another class on leaving"] = (LoadBalancer, s => s with { Type = "ClusterIP", LoadBalancerClass = "example.com/other" }, ["spec.loadBalancerClass"]),
        ["U13 second family on one stack"] = (ClusterIP, s => s with { IpFamilyPolicy = "PreferDualStack", IpFamilies = ["IPv4", "IPv6"] }, ["spec.ipFamilies[1]"]),
        ["U13 first family"] = (ClusterIP, s => s with { IpFamilies = ["IPv6"] }, ["spec.clusterIPs[0]", "spec.ipFamilies[0]"]),
        ["S30 external name emptied"] = (ExternalName, s => s with { ExternalName = "" }, ["spec.externalName"]),
        ["S31 headless to external name"] = (Headless, s => s with { Type = "ExternalName", ExternalName = "a.b" }, []),
        ["S31 external name to headless"] = (ExternalName, s => s with { Type = "ClusterIP", ClusterIP = "None" }, []),
        ["S32 headless to NodePort"] = (Headless, s => s with { Type = "NodePort" }, ["spec.clusterIPs[0]"]),
        ["S32 NodePort to headless"] = (NodePort, s => s with { ClusterIP = "None", ClusterIPs = ["None"] }, ["spec.clusterIPs[0]", "spec.clusterIPs[0]"]),
        ["S36 all ports removed"] = (ClusterIP, s => s with { Ports = [] }, ["spec.ports"]),
        ["S36 all ports of a headless one removed"] = (Headless, s => s with { Ports = [] }, []),
        ["S39 another health port"] = (Local, s => s with { HealthCheckNodePort = 30013 }, ["spec.healthCheckNodePort"]),
        ["S39 health port with Cluster"] = (Local, s => s with { ExternalTrafficPolicy = "Cluster", HealthCheckNodePort = 30013 }, ["spec.healthCheckNodePort"]),
        ["S39 to Cluster"] = (Local, s => s with { ExternalTrafficPolicy = "Cluster" }, []),
        ["S39 external policy on leaving, changed"] = (NodePort, s => s with { Type = "ClusterIP", ExternalTrafficPolicy = "Local" }, ["spec.externalTrafficPolicy"]),
        ["S28 load balancer to NodePort"] = (Local, s => s with { Type = "NodePort" }, []),
        ["Node port named on leaving"] = (NodePort, s => s with { Type = "ClusterIP", Ports = [s.Ports[0] with { NodePort = 30999 }] }, ["spec.ports[0].nodePort"]),
    };

    public static TheoryData<string> Ids => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Change_is_allowed_or_refused_by_field(string id)
    {
        var (before, change, fields) = Cases[id];
        var (_, errors) = Kind.Update(before with { Spec = change(before.Spec!) }, before);
        Assert.Equal(fields, errors.Select(error => error.Field));
    }

    [Fact]
    public void U14_a_status_update_leaves_the_spec_and_a_spec_update_leaves_the_status()
    {
        var status = new ServiceStatus { LoadBalancer = new() { Ingress = [new() { Ip = "192.0.2.1" }] } };
        var changed = LoadBalancer with { Spec = LoadBalancer.Spec! with { ExternalIPs = ["192.0.2.7"] }, Status = status };
        var byStatus = Kind.Default(Kind.PrepareForStatusUpdate(changed, LoadBalancer));
        Assert.Empty(byStatus.Spec!.ExternalIPs);
        Assert.Equal(("192.0.2.1", "VIP"), (byStatus.Status!.LoadBalancer!.Ingress[0].Ip, byStatus.Status.LoadBalancer.Ingress[0].IpMode));
        Assert.Empty(Kind.ValidateStatusUpdate(byStatus, LoadBalancer));

        var bySpec = Kind.Update(changed with { Status = new() }, byStatus).Value;
        Assert.Equal(["192.0.2.7"], bySpec.Spec!.ExternalIPs);
        Assert.Equal("192.0.2.1", bySpec.Status!.LoadBalancer!.Ingress[0].Ip);
    }

    [Theory]
    [InlineData("""{"ip":"10.0.0.1","ipMode":"VIP"}""", "")]
    [InlineData("""{"ip":"10.0.0.1","ipMode":"Proxy"}""", "")]
    [InlineData("""{"hostname":"lb.example.com"}""", "")]
    [InlineData("""{"ip":"10.0.0.1"}""", "ipMode")]
    [InlineData("""{"ip":"10.0.0.1","ipMode":"Magic"}""", "ipMode")]
    [InlineData("""{"hostname":"lb.example.com","ipMode":"VIP"}""", "ipMode")]
    [InlineData("""{"ip":"foo","ipMode":"VIP"}""", "ip")]
    [InlineData("""{"hostname":"10.0.0.1"}""", "hostname")]
    public void U15_ingress_of_a_load_balancer(string ingress, string field)
    {
        var status = Pipeline.Read<Service>($"{{\"status\":{{\"loadBalancer\":{{\"ingress\":[{ingress}]}}}}}}").Status;
        var errors = Kind.ValidateStatusUpdate(LoadBalancer with { Status = status }, LoadBalancer);
        string[] expected = field.Length == 0 ? [] : [$"status.loadBalancer.ingress[0].{field}"];
        Assert.Equal(expected, errors.Select(error => error.Field));
    }

    [Fact]
    public void U15_only_load_balancers_have_ingress()
    {
        var status = new ServiceStatus { LoadBalancer = new() { Ingress = [new() { Ip = "10.0.0.1", IpMode = "VIP" }] } };
        Assert.Equal("status.loadBalancer.ingress", Assert.Single(Kind.ValidateStatusUpdate(ClusterIP with { Status = status }, ClusterIP)).Field);
    }
}
