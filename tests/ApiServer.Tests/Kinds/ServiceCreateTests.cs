using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

/// <summary>A Service that is right, one change, and the errors that it makes (service-cases V1-V41, S13-S20, S41-S42).</summary>
public sealed class ServiceCreateTests
{
    private static readonly ServiceKind Kind = new(ServiceNetwork.Default);
    private static readonly ServicePort Http = new() { Name = "http", Port = 80 };
    private static readonly ServicePort Https = new() { Name = "https", Port = 443 };

    private static Service Base => new() { Metadata = new() { Name = "web", Namespace = "default" }, Spec = new() { Ports = [new() { Port = 80 }] } };

    private static readonly Dictionary<string, (Func<ServiceSpec, ServiceSpec> Change, string[] Errors)> Refused = new()
    {
        ["V2 selector key"] = (s => s with { Selector = Map("a b", "c") }, ["spec.selector"]),
        ["V2 selector value"] = (s => s with { Selector = Map("a", "-c-") }, ["spec.selector"]),
        ["V3 affinity unknown"] = (s => s with { SessionAffinity = "Cookie" }, ["spec.sessionAffinity"]),
        ["V4 type unknown"] = (s => s with { Type = "Magic" }, ["spec.type"]),
        ["V5 no ports"] = (s => s with { Ports = [] }, ["spec.ports"]),
        ["V6 two ports, neither named"] = (s => s with { Ports = [new() { Port = 80 }, new() { Port = 443 }] }, ["spec.ports[0].name", "spec.ports[1].name"]),
        ["V6 second unnamed"] = (s => s with { Ports = [Http, new() { Port = 443 }] }, ["spec.ports[1].name"]),
        ["V7 port name"] = (s => s with { Ports = [Http with { Name = "INVALID" }] }, ["spec.ports[0].name"]),
        ["V8 one name twice"] = (s => s with { Ports = [Http, Https with { Name = "http" }] }, ["spec.ports[1].name"]),
        ["V9 protocol"] = (s => s with { Ports = [Http with { Protocol = "ICMP" }] }, ["spec.ports[0].protocol"]),
        ["V10 port 0"] = (s => s with { Ports = [Http with { Port = 0, TargetPort = 80 }] }, ["spec.ports[0].port"]),
        ["V10 port 65536"] = (s => s with { Ports = [Http with { Port = 65536, TargetPort = 80 }] }, ["spec.ports[0].port"]),
        ["V10 target port 65536"] = (s => s with { Ports = [Http with { TargetPort = 65536 }] }, ["spec.ports[0].targetPort"]),
        ["V10 target name"] = (s => s with { Ports = [Http with { TargetPort = "http--" }] }, ["spec.ports[0].targetPort", "spec.ports[0].targetPort"]),
        ["V11 one port twice"] = (s => s with { Ports = [Http, Https with { Port = 80 }] }, ["spec.ports[1]"]),
        ["V12 one node port twice"] = (s => s with { Type = "NodePort", Ports = [Http with { NodePort = 30083 }, Https with { NodePort = 30083 }] }, ["spec.ports[1].nodePort"]),
        ["S15 one node port for two numbers and protocols"] = (s => s with { Type = "NodePort", Ports = [Http with { NodePort = 30083 }, Https with { Protocol = "UDP", NodePort = 30083 }] }, ["spec.ports[1].nodePort"]),
        ["V13 node port on ClusterIP"] = (s => s with { Ports = [Http with { NodePort = 30082 }] }, ["spec.ports[0].nodePort"]),
        ["S17 node port on ExternalName"] = (s => s with { Type = "ExternalName", ExternalName = "a.example.com", Ports = [Http with { NodePort = 30082 }] }, ["spec.ports[0].nodePort"]),
        ["S13 node port out of range"] = (s => s with { Type = "NodePort", Ports = [Http with { NodePort = 8080 }] }, ["spec.ports[0].nodePort"]),
        ["V14 clusterIP no address"] = (s => s with { ClusterIP = "invalid" }, ["spec.clusterIPs[0]"]),
        ["V29 clusterIP with leading zero"] = (s => s with { ClusterIP = "010.96.0.9" }, ["spec.clusterIPs[0]"]),
        ["V15 None and an address"] = (s => s with { ClusterIP = "None", ClusterIPs = ["None", "10.96.0.9"] }, ["spec.clusterIPs"]),
        ["V15 an address and None"] = (s => s with { ClusterIP = "10.96.0.9", ClusterIPs = ["10.96.0.9", "None"] }, ["spec.clusterIPs[1]"]),
        ["V15 empty and an address"] = (s => s with { ClusterIPs = ["", "10.96.0.9"] }, ["spec.clusterIPs", "spec.clusterIPs[0]"]),
        ["V15 three addresses"] = (s => s with { ClusterIP = "10.96.0.9", ClusterIPs = ["10.96.0.9", "fd00::1", "10.96.0.8"], IpFamilyPolicy = "PreferDualStack" }, ["spec.clusterIPs", "spec.clusterIPs"]),
        ["V15 two of one family"] = (s => s with { ClusterIP = "10.96.0.9", ClusterIPs = ["10.96.0.9", "10.96.0.8"], IpFamilies = ["IPv4"] }, ["spec.clusterIPs"]),
        ["V15 family that does not fit"] = (s => s with { ClusterIP = "10.96.0.9", IpFamilies = ["IPv6"] }, ["spec.clusterIPs[0]"]),
        ["S1 mirror differs"] = (s => s with { ClusterIP = "10.96.0.9", ClusterIPs = ["10.96.0.8"] }, ["spec.clusterIPs"]),
        ["V16 family unknown"] = (s => s with { IpFamilies = ["IPv5"] }, ["spec.ipFamilies[0]"]),
        ["V16 family twice"] = (s => s with { IpFamilies = ["IPv4", "IPv4"] }, ["spec.ipFamilies[1]"]),
        ["V17 policy unknown"] = (s => s with { IpFamilyPolicy = "Both" }, ["spec.ipFamilyPolicy"]),
        ["S41 dual stack required"] = (s => s with { IpFamilyPolicy = "RequireDualStack" }, ["spec.ipFamilyPolicy"]),
        ["S41 family not configured"] = (s => s with { IpFamilies = ["IPv6"] }, ["spec.ipFamilies[0]"]),
        ["S41 address of a family not configured"] = (s => s with { ClusterIP = "fd00::1" }, ["spec.clusterIPs[0]"]),
        ["S41 two families, one policy"] = (s => s with { IpFamilies = ["IPv4", "IPv6"] }, ["spec.ipFamilyPolicy"]),
        ["S20 clusterIP out of range"] = (s => s with { ClusterIP = "10.97.0.1" }, ["spec.clusterIPs"]),
        ["A3 network address"] = (s => s with { ClusterIP = "10.96.0.0" }, ["spec.clusterIPs"]),
        ["V18 external loopback"] = (s => s with { ExternalIPs = ["127.0.0.1"] }, ["spec.externalIPs[0]"]),
        ["V18 external unspecified"] = (s => s with { ExternalIPs = ["0.0.0.0"] }, ["spec.externalIPs[0]"]),
        ["V18 external host name"] = (s => s with { ExternalIPs = ["myhost.mydomain"] }, ["spec.externalIPs[0]"]),
        ["V19 source range bad"] = (s => s with { Type = "LoadBalancer", LoadBalancerSourceRanges = ["10.0.0.1/33"] }, ["spec.LoadBalancerSourceRanges[0]"]),
        ["V19 source range host name"] = (s => s with { Type = "LoadBalancer", LoadBalancerSourceRanges = ["foo.bar"] }, ["spec.LoadBalancerSourceRanges[0]"]),
        ["V19 source range on ClusterIP"] = (s => s with { LoadBalancerSourceRanges = ["10.0.0.0/8"] }, ["spec.LoadBalancerSourceRanges"]),
        ["V20 external name with address"] = (s => s with { Type = "ExternalName", ExternalName = "db.example.com", ClusterIP = "10.96.9.9" }, ["spec.clusterIPs"]),
        ["V20 external name with None"] = (s => s with { Type = "ExternalName", ExternalName = "db.example.com", ClusterIP = "None" }, ["spec.clusterIPs"]),
        ["V20 external name empty"] = (s => s with { Type = "ExternalName" }, ["spec.externalName"]),
        ["V20 external name no name"] = (s => s with { Type = "ExternalName", ExternalName = "-x" }, ["spec.externalName"]),
        ["V20 families on external name"] = (s => s with { Type = "ExternalName", ExternalName = "a.b", IpFamilies = ["IPv4"], IpFamilyPolicy = "SingleStack" }, ["spec.ipFamilies", "spec.ipFamilyPolicy"]),
        ["V21 headless NodePort"] = (s => s with { Type = "NodePort", ClusterIP = "None", Selector = Map("a", "b") }, ["spec.clusterIPs[0]"]),
        ["V21 headless LoadBalancer"] = (s => s with { Type = "LoadBalancer", ClusterIP = "None", Selector = Map("a", "b") }, ["spec.clusterIPs[0]"]),
        ["V22 external policy unknown"] = (s => s with { Type = "NodePort", ExternalTrafficPolicy = "local" }, ["spec.externalTrafficPolicy"]),
        ["V22 external policy and health port on ClusterIP"] = (s => s with { ExternalTrafficPolicy = "Local", HealthCheckNodePort = 30012 }, ["spec.externalTrafficPolicy", "spec.healthCheckNodePort"]),
        ["V22 health port negative"] = (s => s with { Type = "LoadBalancer", ExternalTrafficPolicy = "Local", HealthCheckNodePort = -1 }, ["spec.healthCheckNodePort"]),
        ["V22 health port on NodePort"] = (s => s with { Type = "NodePort", ExternalTrafficPolicy = "Local", HealthCheckNodePort = 30012 }, ["spec.healthCheckNodePort"]),
        ["V22 health port with Cluster"] = (s => s with { Type = "LoadBalancer", HealthCheckNodePort = 30012 }, ["spec.healthCheckNodePort"]),
        ["S39 health port is a node port of the same service"] = (s => s with { Type = "LoadBalancer", ExternalTrafficPolicy = "Local", HealthCheckNodePort = 30012, Ports = [Http with { NodePort = 30012 }] }, ["spec.healthCheckNodePort"]),
        ["V23 internal policy unknown"] = (s => s with { InternalTrafficPolicy = "Foo" }, ["spec.internalTrafficPolicy"]),
        ["V24 affinity timeout 0"] = (s => s with { SessionAffinity = "ClientIP", SessionAffinityConfig = Timeout(0) }, ["spec.sessionAffinityConfig.clientIP.timeoutSeconds"]),
        ["V24 affinity timeout above a day"] = (s => s with { SessionAffinity = "ClientIP", SessionAffinityConfig = Timeout(86401) }, ["spec.sessionAffinityConfig.clientIP.timeoutSeconds"]),
        ["V25 app protocol"] = (s => s with { Ports = [Http with { AppProtocol = "~https" }] }, ["spec.ports[0].appProtocol"]),
        ["V26 allocate on ClusterIP"] = (s => s with { AllocateLoadBalancerNodePorts = false }, ["spec.allocateLoadBalancerNodePorts"]),
        ["V27 class on ClusterIP"] = (s => s with { LoadBalancerClass = "example.com/lb" }, ["spec.loadBalancerClass"]),
        ["V27 class malformed"] = (s => s with { Type = "LoadBalancer", LoadBalancerClass = "Bad/LoadBalancerclass" }, ["spec.loadBalancerClass"]),
        ["Traffic distribution unknown"] = (s => s with { TrafficDistribution = "Random" }, ["spec.trafficDistribution"]),
    };

    private static readonly Dictionary<string, Func<ServiceSpec, ServiceSpec>> Accepted = new()
    {
        ["V30 no selector"] = s => s with { Selector = Map() },
        ["V31 headless without ports"] = s => s with { ClusterIP = "None", Ports = [], Selector = Map("a", "b") },
        ["V33 headless with another target port"] = s => s with { ClusterIP = "None", Ports = [Http with { TargetPort = 8080 }] },
        ["V34 one node port for TCP and UDP"] = s => s with { Type = "NodePort", Ports = [Http with { NodePort = 30084 }, Https with { Port = 80, Protocol = "UDP", NodePort = 30084 }] },
        ["V35 one port for three protocols"] = s => s with { Ports = [Http, Https with { Port = 80, Protocol = "UDP" }, Http with { Name = "s", Protocol = "SCTP" }] },
        ["V36 mixed protocols behind a load balancer"] = s => s with { Type = "LoadBalancer", Ports = [Http, Https with { Protocol = "UDP" }] },
        ["V37 external name with a dot at the end"] = s => s with { Type = "ExternalName", ExternalName = "db.example.com.", Ports = [] },
        ["V38 NodePort with its port"] = s => s with { Type = "NodePort", Ports = [Http with { NodePort = 32767 }] },
        ["V39 source ranges with blanks"] = s => s with { Type = "LoadBalancer", LoadBalancerSourceRanges = [" 10.0.0.0/8 ", "fd00::/8"] },
        ["V40 internal policy Local"] = s => s with { InternalTrafficPolicy = "Local" },
        ["V41 external addresses"] = s => s with { ExternalIPs = ["192.0.2.9", "2001:db8::1"] },
        ["S16 no node ports but one that is asked for"] = s => s with { Type = "LoadBalancer", AllocateLoadBalancerNodePorts = false, Ports = [Http with { NodePort = 30085 }, Https] },
        ["S20 clusterIP in the static band"] = s => s with { ClusterIP = "10.96.0.100" },
        ["S41 dual stack preferred on one stack"] = s => s with { IpFamilyPolicy = "PreferDualStack" },
    };

    public static TheoryData<string> RefusedCases => [.. Refused.Keys];

    public static TheoryData<string> AcceptedCases => [.. Accepted.Keys];

    [Theory]
    [MemberData(nameof(RefusedCases))]
    public void Refused_with_the_fields_named(string id)
    {
        var (change, fields) = Refused[id];
        var (_, errors) = Kind.Create(Base with { Spec = change(Base.Spec!) });
        Assert.Equal(fields, errors.Select(error => error.Field));
        Assert.All(errors, error => Assert.True(error.Message.Length > 10, error.ToString()));
    }

    [Theory]
    [MemberData(nameof(AcceptedCases))]
    public void Accepted_without_objection(string id) => Assert.Empty(Kind.Create(Base with { Spec = Accepted[id](Base.Spec!) }).Errors.Lines());

    [Fact]
    public void V28_topology_annotations_that_differ_are_refused()
    {
        var annotations = Map("service.kubernetes.io/topology-aware-hints", "Auto", "service.kubernetes.io/topology-mode", "Disabled");
        var (_, errors) = Kind.Create(Base with { Metadata = Base.Metadata with { Annotations = annotations } });
        Assert.Equal("metadata.annotations[service.kubernetes.io/topology-mode]", Assert.Single(errors).Field);
    }

    [Theory]
    [InlineData("LoadBalancer", "foo.bar", 1)]
    [InlineData("LoadBalancer", "10.0.0.0/8, 192.168.0.0/16", 0)]
    [InlineData("ClusterIP", "10.0.0.0/8", 1)]
    public void V19_source_ranges_in_the_annotation(string type, string ranges, int errors)
    {
        var annotations = Map("service.beta.kubernetes.io/load-balancer-source-ranges", ranges);
        Assert.Equal(errors, Kind.Create(Base with { Metadata = Base.Metadata with { Annotations = annotations }, Spec = Base.Spec! with { Type = type } }).Errors.Count);
    }

    [Fact]
    public void V3_V4_V9_V23_what_defaulting_would_fill_in_is_required()
    {
        var errors = Kind.Validate(new Service { Spec = new() { Ports = [new() { Port = 80, TargetPort = 80 }] } });
        Assert.Equal(["spec.type: Required value", "spec.ports[0].protocol: Required value", "spec.sessionAffinity: Required value"], errors.Lines());
        var typed = new Service { Spec = new() { Type = "ClusterIP", SessionAffinity = "None", SessionAffinityConfig = new(), Ports = [new() { Port = 80, TargetPort = 80, Protocol = "TCP" }] } };
        Assert.Equal(
            ["spec.sessionAffinityConfig: Forbidden: must not be set when session affinity is None", "spec.internalTrafficPolicy: Required value"],
            Kind.Validate(typed).Lines());
    }

    [Theory]
    [InlineData("myService", false, 1)]
    [InlineData("1web", false, 1)]
    [InlineData("-123", false, 1)]
    [InlineData("web-", false, 1)]
    [InlineData("web-", true, 0)]
    [InlineData("web", false, 0)]
    public void V1_names_are_DNS_1035_labels(string name, bool isPrefix, int errors) => Assert.Equal(errors, Kind.ValidateName(name, isPrefix).Count());

    [Fact]
    public void V1_names_have_63_characters_at_most()
    {
        Assert.Empty(Kind.ValidateName(new string('a', 63), false));
        Assert.NotEmpty(Kind.ValidateName(new string('a', 64), false));
    }

    private static SessionAffinityConfig Timeout(int seconds) => new() { ClientIP = new() { TimeoutSeconds = seconds } };

    private static Dictionary<string, string> Map(params string[] pairs) => pairs.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
}
