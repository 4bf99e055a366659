using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Serialization;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

/// <summary>What a Service looks like after its creation, before addresses are chosen (service-cases S1-S3, S18, S19, S38-S41).</summary>
public sealed class ServiceDefaultsTests
{
    private const string Common = "\"sessionAffinity\":\"None\",\"ipFamilies\":[\"IPv4\"],\"ipFamilyPolicy\":\"SingleStack\",\"internalTrafficPolicy\":\"Cluster\"";
    private const string Port = "\"ports\":[{\"port\":80,\"protocol\":\"TCP\",\"targetPort\":80}]";

    [Theory]
    [InlineData("S3 ClusterIP", """{"ports":[{"port":80}]}""", "{" + Common + "," + Port + ""","type":"ClusterIP"}""")]
    [InlineData("S1 clusterIP alone", """{"clusterIP":"10.96.0.9","ports":[{"port":80}]}""", "{" + Common + "," + Port + ""","type":"ClusterIP","clusterIP":"10.96.0.9","clusterIPs":["10.96.0.9"]}""")]
    [InlineData("S3 NodePort", """{"type":"NodePort","ports":[{"port":80}]}""", "{" + Common + "," + Port + ""","type":"NodePort","externalTrafficPolicy":"Cluster"}""")]
    [InlineData("S3 LoadBalancer", """{"type":"LoadBalancer","ports":[{"port":80}]}""", "{" + Common + "," + Port + ""","type":"LoadBalancer","externalTrafficPolicy":"Cluster","allocateLoadBalancerNodePorts":true}""")]
    [InlineData("S3 external addresses", """{"externalIPs":["192.0.2.9"],"ports":[{"port":80}]}""", "{" + Common + "," + Port + ""","type":"ClusterIP","externalIPs":["192.0.2.9"],"externalTrafficPolicy":"Cluster"}""")]
    [InlineData("S18 headless with selector", """{"clusterIP":"None","selector":{"app":"a"}}""", "{" + Common + ""","type":"ClusterIP","clusterIP":"None","clusterIPs":["None"],"selector":{"app":"a"}}""")]
    [InlineData("S2 headless without selector", """{"clusterIP":"None"}""", """{"sessionAffinity":"None","ipFamilies":["IPv4","IPv6"],"ipFamilyPolicy":"RequireDualStack","internalTrafficPolicy":"Cluster","type":"ClusterIP","clusterIP":"None","clusterIPs":["None"]}""")]
    [InlineData("S19 ExternalName", """{"type":"ExternalName","externalName":"x.example.com"}""", """{"type":"ExternalName","sessionAffinity":"None","externalName":"x.example.com"}""")]
    [InlineData("S41 dual stack preferred", """{"ipFamilyPolicy":"PreferDualStack","ports":[{"port":80}]}""", """{"sessionAffinity":"None","ipFamilies":["IPv4"],"ipFamilyPolicy":"PreferDualStack","internalTrafficPolicy":"Cluster",""" + Port + ""","type":"ClusterIP"}""")]
    [InlineData("S38 ClientIP", """{"sessionAffinity":"ClientIP","ports":[{"port":80}]}""", """{"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":10800}},"ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack","internalTrafficPolicy":"Cluster",""" + Port + ""","type":"ClusterIP"}""")]
    public void Created(string id, string spec, string expected)
    {
        var kind = new ServiceKind(ServiceNetwork.Default);
        var given = Pipeline.Read<Service>($"{{\"spec\":{spec}}}") with { Status = new() { LoadBalancer = new() { Ingress = [new() { Ip = "192.0.2.1" }] } } };
        var service = kind.Created(given);
        var wanted = Pipeline.Read<Service>($"{{\"spec\":{expected}}}") with { Status = new() { LoadBalancer = new() } };
        Assert.True(ApiSerializer.AreEqual(wanted, service), $"{id}: {System.Text.Encoding.UTF8.GetString(ApiSerializer.Serialize(service))}");
        Assert.True(ApiSerializer.AreEqual(service, kind.Default(service)), "defaulting twice changes nothing");
    }

    [Fact]
    public void S41_on_two_stacks_dual_services_get_both_families_in_the_order_asked()
    {
        var kind = new ServiceKind(new([IpRange.Parse("10.96.0.0/16"), IpRange.Parse("fd00::/112")], PortRange.Default));
        var service = new Service { Spec = new() { IpFamilyPolicy = "RequireDualStack", Ports = [new() { Port = 80 }] } };
        Assert.Equal(["IPv4", "IPv6"], kind.Created(service).Spec!.IpFamilies);
        Assert.Equal(["IPv6", "IPv4"], kind.Created(service with { Spec = service.Spec with { IpFamilies = ["IPv6"] } }).Spec!.IpFamilies);
        var asked = kind.Created(service with { Spec = service.Spec with { ClusterIP = "fd00::5" } });
        Assert.Equal(["IPv6", "IPv4"], asked.Spec!.IpFamilies);
        Assert.False(kind.IsComplete(asked));
        Assert.Equal("fd00::5", kind.Preview(asked, _ => false).Spec!.ClusterIPs[0]);
    }

    [Fact]
    public void S21_a_preview_shows_free_values_and_asks_by_the_keys_of_claims()
    {
        var kind = new ServiceKind(new([IpRange.Parse("10.96.0.0/29")], new(30000, 30002)));
        var service = kind.Created(new Service { Spec = new() { Type = "NodePort", Ports = [new() { Port = 80 }] } });
        Assert.False(kind.IsComplete(service));
        string[] free = ["clusterips/10.96.0.4", "nodeports/30001"];
        var preview = kind.Preview(service, claim => !free.Contains(claim.Key));
        Assert.Equal(("10.96.0.4", 30001), (preview.Spec!.ClusterIP, preview.Spec.Ports[0].NodePort ?? 0));
        Assert.True(kind.IsComplete(preview));
    }
}
