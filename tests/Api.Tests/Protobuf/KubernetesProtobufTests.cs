using System.Text;
using System.Text.Json.Nodes;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Protobuf;
using MiniK8s.Api.Schemas;
using MiniK8s.Api.Serialization;
using MiniK8s.Api.Tests.Schemas;

namespace MiniK8s.Api.Tests.Protobuf;

public class KubernetesProtobufTests(ITestOutputHelper output)
{
    public static TheoryData<string> Kinds => [.. ApiKinds.Table.All.Select(kind => kind.Info.Kind)];

    [Theory, MemberData(nameof(Kinds))]
    public void Every_field_of_every_kind_travels_both_ways(string name)
    {
        var kind = ApiKinds.Table.Resolve(name)!;
        var filled = FilledObjects.Of(kind);
        var decoded = KubernetesProtobuf.Decode(KubernetesProtobuf.Encode(filled, kind.Schema), kind.Schema);
        Assert.True(JsonNode.DeepEquals(filled, decoded), $"{filled.ToJsonString()}\n{decoded.ToJsonString()}");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Every_field_of_every_kind_passes_the_decoder_and_the_record(string name)
    {
        var kind = ApiKinds.Table.Resolve(name)!;
        var filled = FilledObjects.Of(kind);
        var checkedObject = ObjectDecoder.Decode(Encoding.UTF8.GetBytes(filled.ToJsonString()), BodyFormat.Json, kind.Schema, FieldValidation.Strict).Object;
        var record = System.Text.Json.JsonSerializer.Deserialize(checkedObject, ApiSerializer.Options.GetTypeInfo(kind.ClrType!));
        var written = JsonNode.Parse(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(record, ApiSerializer.Options.GetTypeInfo(kind.ClrType!)));
        Assert.True(JsonNode.DeepEquals(filled, written), $"{filled.ToJsonString()}\n{written!.ToJsonString()}");
    }

    [Fact]
    public void Delete_options_and_lists_travel_too()
    {
        var options = FilledObjects.Of(Schema.Of<DeleteOptions>(), "v1", "DeleteOptions");
        Assert.True(JsonNode.DeepEquals(options, KubernetesProtobuf.Decode(KubernetesProtobuf.Encode(options, Schema.Of<DeleteOptions>()), Schema.Of<DeleteOptions>())));
        var list = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ServiceList",
            ["metadata"] = new JsonObject { ["resourceVersion"] = "5" },
            ["items"] = new JsonArray(new JsonObject { ["metadata"] = new JsonObject { ["name"] = "a" } }),
        };
        var schema = Schema.Of<KubeList<Service>>();
        Assert.True(JsonNode.DeepEquals(list, KubernetesProtobuf.Decode(KubernetesProtobuf.Encode(list, schema), schema)));
    }

    /// <summary>The body that kubectl 1.32 sends for <c>create service nodeport web --tcp=80:http --tcp=443:8443</c>.</summary>
    [Fact]
    public void A_body_as_kubectl_writes_it_is_read()
    {
        var body = Convert.FromBase64String(
            "azhzAAoNCgJ2MRIHU2VydmljZRKKAQofCgN3ZWISABoAIgAqADIAOABCAFoKCgNhcHASA3dlYhJjCh4KBzgwLWh0dHASA1RDUBhQIgoIARAAGgRodHRwKAAKHQoINDQzLTg0NDMSA1RDUBi7AyIHCAAQ+0EaACgAEgoKA2FwcBIDd2ViGgAiCE5vZGVQb3J0OgBCAFIAWgBgAGgAGgIKABoAIgA=");
        Assert.Equal(("v1", "Service"), KubernetesProtobuf.ReadKind(body));
        Assert.Equal(("v1", "Service"), ObjectDecoder.ReadKind(body));
        var decoded = ObjectDecoder.Decode(body, BodyFormat.Protobuf, Schema.Of<Service>(), FieldValidation.Strict).Object;
        Assert.Equal(
            """{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","labels":{"app":"web"}},"spec":{"ports":[{"name":"80-http","protocol":"TCP","port":80,"targetPort":"http"},{"name":"443-8443","protocol":"TCP","port":443,"targetPort":8443}],"selector":{"app":"web"},"type":"NodePort"},"status":{"loadBalancer":{}}}""",
            decoded.ToJsonString());
    }

    [Fact]
    public void Zero_counts_only_where_Go_has_a_pointer()
    {
        var pod = (JsonObject)JsonNode.Parse("""{"kind":"Pod","spec":{"hostNetwork":false,"nodeName":"","terminationGracePeriodSeconds":0,"shareProcessNamespace":false,"securityContext":{"runAsUser":0},"containers":[{"name":"","ports":[{"containerPort":0,"hostPort":0}]}]}}""")!;
        const string Kept = """{"kind":"Pod","spec":{"terminationGracePeriodSeconds":0,"shareProcessNamespace":false,"securityContext":{"runAsUser":0},"containers":[{"name":"","ports":[{"containerPort":0}]}]}}""";
        var decoded = KubernetesProtobuf.Decode(KubernetesProtobuf.Encode(pod, Schema.Of<Pod>()), Schema.Of<Pod>());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Kept), decoded), decoded.ToJsonString());
        var fromJson = ObjectDecoder.Decode(Encoding.UTF8.GetBytes(pod.ToJsonString()), BodyFormat.Json, Schema.Of<Pod>(), FieldValidation.Strict);
        Assert.Equal(Kept, fromJson.Object.ToJsonString());
    }

    [Fact]
    public void Fields_with_unknown_numbers_are_passed_over()
    {
        byte[] message = [0x0A, 0x03, 0x0A, 0x01, (byte)'a', 0xA0, 0x06, 0x05, 0xA1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, 0xA5, 0x06, 1, 2, 3, 4, 0xA2, 0x06, 0x01, 0xFF];
        Assert.Equal("""{"metadata":{"name":"a"}}""", KubernetesProtobuf.Decode(Wrapped(message), Schema.Of<Service>()).ToJsonString());
    }

    [Theory]
    [InlineData(new byte[] { 0x0A }, "it ends inside a number")]
    [InlineData(new byte[] { 0x0A, 0x05, 0x0A }, "field 1 says that it is 5 bytes long, and 1 are left")]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "bytes long, and 0 are left")]
    [InlineData(new byte[] { 0x08, 0x01 }, "field 1 has the wire type 0, not 2")]
    [InlineData(new byte[] { 0x02, 0x01 }, "a field has the number 0")]
    [InlineData(new byte[] { 0xA3, 0x06 }, "field 100 has the unknown wire type 3")]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 }, "a number is longer than ten bytes")]
    [InlineData(new byte[] { 0x0A, 0x03, 0x0A, 0x01, 0xFF }, "field 1 is not valid UTF-8")]
    public void Malformed_messages_are_refused(byte[] message, string error)
    {
        var refused = Assert.Throws<DecodingException>(() => KubernetesProtobuf.Decode(Wrapped(message), Schema.Of<Service>()));
        Assert.Contains(error, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_without_the_magic_is_refused() =>
        Assert.Contains("k8s\\0", Assert.Throws<DecodingException>(() => KubernetesProtobuf.ReadKind("{}"u8)).Message, StringComparison.Ordinal);

    [Fact]
    public void Damaged_bodies_end_in_an_object_or_a_clear_error()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var kind = ApiKinds.Of<Pod>();
        var whole = KubernetesProtobuf.Encode(FilledObjects.Of(kind), kind.Schema);
        for (var round = 0; round < 2000; round++)
        {
            var body = whole[..random.Next(4, whole.Length)];
            for (var i = random.Next(4); i > 0; i--) body[random.Next(4, body.Length + 1) - 1] = (byte)random.Next(256);
            var error = Record.Exception(() => KubernetesProtobuf.Decode(body, kind.Schema));
            Assert.True(error is null or DecodingException, $"seed {seed}, round {round}: {error}");
        }
    }

    private static byte[] Wrapped(byte[] message) => [.. "k8s\0"u8, 0x12, (byte)message.Length, .. message];
}
