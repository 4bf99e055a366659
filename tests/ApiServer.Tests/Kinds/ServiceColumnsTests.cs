using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

public sealed class ServiceColumnsTests
{
    private static readonly ServiceKind Kind = new(ServiceNetwork.Default);

    [Theory]
    [InlineData("""{"type":"ExternalName","externalName":"x.example.com"}""", "ExternalName|<none>|x.example.com|<none>|<none>")]
    [InlineData("""{"clusterIP":"None"}""", "ClusterIP|None|<none>|<none>|<none>")]
    [InlineData("""{"clusterIP":"10.96.16.2","externalIPs":["192.0.2.9"],"ports":[{"port":80}],"selector":{"b":"2","a":"1"}}""", "ClusterIP|10.96.16.2|192.0.2.9|80/TCP|a=1,b=2")]
    [InlineData("""{"type":"NodePort","clusterIP":"10.96.16.2","ports":[{"name":"a","port":80,"nodePort":30080},{"name":"b","port":53,"protocol":"UDP"}]}""", "NodePort|10.96.16.2|<none>|80:30080/TCP,53/UDP|<none>")]
    [InlineData("""{"type":"LoadBalancer","clusterIP":"10.96.16.2","ports":[{"port":80}]}""", "LoadBalancer|10.96.16.2|<pending>|80/TCP|<none>")]
    [InlineData("""{"ports":[{"port":80}]}""", "ClusterIP|<none>|<none>|80/TCP|<none>")]
    public void Row_is_that_of_kubectl(string spec, string cells)
    {
        var row = Kind.Row(Kind.Created(Pipeline.Read<Service>($"{{\"spec\":{spec}}}")));
        Assert.Equal(cells, string.Join('|', row["Type"], row["Cluster-IP"], row["External-IP"], row["Port(s)"], row["Selector"]));
    }

    [Fact]
    public void A_load_balancer_shows_its_ingress_and_its_external_addresses()
    {
        var service = Pipeline.Read<Service>("""
            {"spec":{"type":"LoadBalancer","externalIPs":["192.0.2.9"]},"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.1"},{"hostname":"lb.example.com"}]}}}
            """);
        Assert.Equal("192.0.2.1,lb.example.com,192.0.2.9", Kind.Row(service)["External-IP"]);
    }

    [Fact]
    public void Field_selectors_know_address_and_type()
    {
        var service = Kind.Created(new Service { Spec = new() { ClusterIP = "10.96.0.9", Ports = [new() { Port = 80 }] } });
        Assert.Equal(["10.96.0.9", "ClusterIP"], Kind.SelectableFields.OrderBy(field => field.Key).Select(field => field.Value(service)));
    }

    [Fact]
    public void Fields_without_effect_make_warnings()
    {
        var service = Kind.Created(Pipeline.Read<Service>("""{"spec":{"clusterIP":"None","sessionAffinity":"ClientIP","externalIPs":["192.0.2.9"],"selector":{"a":"b"}}}"""));
        Assert.Equal(2, Kind.Warnings(service).Count());
        Assert.Empty(Kind.Warnings(Kind.Created(new Service { Spec = new() { Ports = [new() { Port = 80 }] } })));
    }
}
