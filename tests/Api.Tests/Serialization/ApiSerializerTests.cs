using System.Text;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;

namespace MiniK8s.Api.Tests.Serialization;

public class ApiSerializerTests
{
    [Fact]
    public void Absent_and_null_collections_read_as_empty_and_are_not_written()
    {
        var service = ApiSerializer.Deserialize<Service>("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","labels":null},"spec":{"ports":null,"extra":1}}"""u8);
        Assert.Empty(service.Metadata.Labels);
        Assert.Empty(service.Spec!.Ports);
        Assert.Equal("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{}}""", Text(service));
    }

    [Fact]
    public void Required_lists_are_written_even_when_empty()
    {
        Assert.Contains("\"items\":[]", Text(new KubeList<Pod>()));
    }

    [Fact]
    public void Times_and_target_ports_keep_their_forms()
    {
        var json = """{"apiVersion":"v1","kind":"Service","metadata":{"creationTimestamp":"2026-01-02T03:04:05Z","name":"a"},"spec":{"ports":[{"port":80,"targetPort":"http"},{"port":81,"targetPort":8081}]}}""";
        Assert.Equal(json, Text(ApiSerializer.Deserialize<Service>(Encoding.UTF8.GetBytes(json))));
    }

    private static string Text<T>(T value) => Encoding.UTF8.GetString(ApiSerializer.Serialize(value));
}
