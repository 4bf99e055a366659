using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

/// <summary>The words of errors that people search for (service-cases S42, and answers of a real server).</summary>
public sealed class ServiceTextTests
{
    private static readonly ServiceKind Kind = new(ServiceNetwork.Default);

    [Theory]
    [InlineData("""{"clusterIP":"abc"}""", "spec.clusterIPs[0]: Invalid value: \"abc\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("""{"clusterIP":"1.2.3.4"}""", "spec.clusterIPs: Invalid value: [\"1.2.3.4\"]: failed to allocate IP 1.2.3.4: the provided IP (1.2.3.4) is not in the valid range. The range of valid IPs is 10.96.0.0/16")]
    [InlineData("""{"type":"NodePort","ports":[{"port":80,"nodePort":80}]}""", "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767")]
    [InlineData("""{"type":"NodePort","ports":[{"name":"a","port":80,"nodePort":30083},{"name":"b","port":81,"nodePort":30083}]}""", "spec.ports[1].nodePort: Invalid value: 30083: provided port is already allocated")]
    [InlineData("""{"ports":[{"port":80,"nodePort":30082}]}""", "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'")]
    [InlineData("""{"ports":[{"port":80,"protocol":"ICMP"}]}""", "spec.ports[0].protocol: Unsupported value: \"ICMP\": supported values: \"SCTP\", \"TCP\", \"UDP\"")]
    [InlineData("""{"ports":[{"port":70000,"targetPort":80}]}""", "spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive")]
    [InlineData("""{"ipFamilyPolicy":"RequireDualStack"}""", "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services")]
    [InlineData("""{"ipFamilies":["IPv6"]}""", "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster")]
    [InlineData("""{"clusterIP":"fd00::1"}""", "spec.clusterIPs[0]: Invalid value: [\"fd00::1\"]: IPv6 is not configured on this cluster")]
    [InlineData("""{"ipFamilies":["IPv4","IPv6"]}""", "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified")]
    [InlineData("""{"clusterIPs":["10.96.0.9"]}""", "spec.clusterIPs: Invalid value: [\"10.96.0.9\"]: must be empty when `clusterIP` is not specified")]
    [InlineData("""{"clusterIP":"10.96.0.9","ipFamilies":["IPv6"]}""", "spec.clusterIPs[0]: Invalid value: \"10.96.0.9\": expected an IPv6 value as indicated by `ipFamilies[0]`")]
    [InlineData("""{"externalTrafficPolicy":"Local"}""", "spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services")]
    [InlineData("""{"loadBalancerClass":"example.com/lb"}""", "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'")]
    [InlineData("""{"type":"ExternalName","externalName":"a.b","clusterIP":"10.96.9.9"}""", "spec.clusterIPs: Forbidden: may not be set for ExternalName services")]
    public void Errors_say_what_Kubernetes_says(string spec, string line)
    {
        var json = $$"""{"metadata":{"name":"web"},"spec":{{spec}}}""";
        var service = Pipeline.Read<Service>(json);
        if (service.Spec!.Ports.Count == 0) service = service with { Spec = service.Spec with { Ports = [new() { Port = 80 }] } };
        Assert.Equal([line], Kind.Create(service).Errors.Lines());
    }

    [Fact]
    public void Claims_taken_say_so()
    {
        var service = Kind.Created(Pipeline.Read<Service>("""
            {"metadata":{"name":"web"},"spec":{"type":"LoadBalancer","externalTrafficPolicy":"Local","healthCheckNodePort":30012,"clusterIP":"10.96.0.10",
             "ports":[{"name":"t","port":53,"nodePort":30053},{"name":"u","port":53,"protocol":"UDP","nodePort":30053}]}}
            """));
        Assert.Equal(
            [
                "clusterips/10.96.0.10 spec.clusterIPs: Invalid value: [\"10.96.0.10\"]: failed to allocate IP 10.96.0.10: provided IP is already allocated",
                "nodeports/30053 spec.ports[0].nodePort: Invalid value: 30053: provided port is already allocated",
                "nodeports/30012 spec.healthCheckNodePort: Invalid value: 30012: provided port is already allocated",
            ],
            Kind.Claims(service).Select(claim => $"{claim.Key} {claim.WhenTaken}"));
    }
}
