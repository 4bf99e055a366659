using System.Text;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Tests.Decoding;

public class ObjectDecoderTests
{
    private const string Web = """{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"ports":[{"port":80}]}}""";

    [Fact]
    public void A_service_becomes_its_record()
    {
        var decoded = ObjectDecoder.Decode<Service>(Bytes(Web));
        Assert.Equal("web", decoded.Object.Metadata.Name);
        Assert.Equal(80, Assert.Single(decoded.Object.Spec!.Ports).Port);
        Assert.Empty(decoded.Warnings);
    }

    [Theory]
    [InlineData("""{"kind":"Service","spec":{"foo":1}}""", "strict decoding error: unknown field \"spec.foo\"")]
    [InlineData("""{"kind":"Service","foo":1}""", "strict decoding error: unknown field \"foo\"")]
    [InlineData("""{"spec":{"ports":[{"port":1},{"port":2,"Port":3}]}}""", "strict decoding error: unknown field \"spec.ports[1].Port\"")]
    [InlineData("""{"spec":{"type":"NodePort","type":"ClusterIP"}}""", "strict decoding error: duplicate field \"spec.type\"")]
    [InlineData("""{"metadata":{"labels":{"a":"b","a":"c"}},"x":1}""", "strict decoding error: duplicate field \"metadata.labels.a\", unknown field \"x\"")]
    public void Strict_validation_refuses_unknown_and_duplicate_fields(string body, string error) =>
        Assert.Equal(error, Refused(body).Message);

    [Fact]
    public void Warn_drops_unknown_fields_and_says_so_and_the_last_duplicate_wins()
    {
        var decoded = ObjectDecoder.Decode(Bytes("""{"spec":{"foo":1,"type":"NodePort","type":"ClusterIP"}}"""), BodyFormat.Json, Schema.Of<Service>(), FieldValidation.Warn);
        Assert.Equal("""{"spec":{"type":"ClusterIP"}}""", decoded.Object.ToJsonString());
        Assert.Equal(["duplicate field \"spec.type\"", "unknown field \"spec.foo\""], decoded.Warnings);
    }

    [Fact]
    public void Ignore_drops_unknown_fields_in_silence()
    {
        var decoded = ObjectDecoder.Decode(Bytes("""{"a":1,"spec":{"foo":{},"type":"NodePort"}}"""), BodyFormat.Json, Schema.Of<Service>(), FieldValidation.Ignore);
        Assert.Equal("""{"spec":{"type":"NodePort"}}""", decoded.Object.ToJsonString());
        Assert.Empty(decoded.Warnings);
    }

    [Theory]
    [InlineData("""{"spec":{"ports":"x"}}""", "json: cannot unmarshal string into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort (spec.ports is \"x\")")]
    [InlineData("""{"spec":{"ports":[{"port":"http"}]}}""", "json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32 (spec.ports[0].port is \"http\")")]
    [InlineData("""{"spec":{"ports":[{"port":80.5}]}}""", "json: cannot unmarshal number 80.5 into Go struct field ServicePort.spec.ports.port of type int32 (spec.ports[0].port is 80.5)")]
    [InlineData("""{"spec":{"ports":[{"port":2147483648}]}}""", "json: cannot unmarshal number 2147483648 into Go struct field ServicePort.spec.ports.port of type int32 (spec.ports[0].port is 2147483648)")]
    [InlineData("""{"spec":{"selector":{"a":1}}}""", "json: cannot unmarshal number into Go struct field ServiceSpec.spec.selector.a of type string (spec.selector.a is 1)")]
    [InlineData("""{"spec":{"ports":[{"port":1,"targetPort":true}]}}""", "json: cannot unmarshal bool into Go struct field ServicePort.spec.ports.targetPort of type intstr.IntOrString (spec.ports[0].targetPort is true)")]
    [InlineData("""{"metadata":[]}""", "json: cannot unmarshal array into Go struct field Service.metadata of type v1.ObjectMeta (metadata is a list)")]
    [InlineData("""{"metadata":{"creationTimestamp":"yesterday"}}""", "parsing time \"yesterday\" as \"2006-01-02T15:04:05Z07:00\": not an RFC 3339 time such as 2006-01-02T15:04:05Z (metadata.creationTimestamp is \"yesterday\")")]
    public void Wrong_forms_name_field_value_and_wanted_type(string body, string error) => Assert.Equal(error, Refused(body).Message);

    [Theory]
    [InlineData("", "the body is empty")]
    [InlineData("   \n", "the body is empty")]
    [InlineData("[]", "the body is an array, not an object")]
    [InlineData("{\"a\":1", "invalid JSON at line 1, byte")]
    [InlineData("{\"a\":\n}", "invalid JSON at line 2, byte 1")]
    [InlineData("{} {}", "invalid JSON at line 1, byte 4")]
    [InlineData("""{"metadata":{"name":"\ud800"}}""", "half of a surrogate pair")]
    public void Bodies_that_are_no_object_are_refused(string body, string error) => Assert.Contains(error, Refused(body).Message, StringComparison.Ordinal);

    [Fact]
    public void Invalid_utf8_is_refused()
    {
        var body = Bytes("""{"metadata":{"name":"a"}}""");
        body[22] = 0xFF;
        Assert.Equal("the body is not valid UTF-8", Assert.Throws<DecodingException>(() => ObjectDecoder.Read(body)).Message);
    }

    [Theory]
    [InlineData("[", "]", 64)]
    [InlineData("{\"a\":", "}", 64)]
    public void Nesting_is_bounded(string open, string close, int most)
    {
        string Nested(int depth) => "{\"x\":" + string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth)) + "}";
        Assert.NotNull(ObjectDecoder.Read(Bytes(Nested(most - 1))));
        Assert.Equal("the body is nested deeper than 64 levels", Assert.Throws<DecodingException>(() => ObjectDecoder.Read(Bytes(Nested(most)))).Message);
        Assert.Throws<DecodingException>(() => ObjectDecoder.Read(Bytes(Nested(100_000))));
        Assert.Throws<DecodingException>(() => ObjectDecoder.Read(Bytes(Nested(100_000)), BodyFormat.Yaml));
    }

    [Fact]
    public void Nulls_are_dropped_and_become_zero_values_inside_lists_and_maps()
    {
        var decoded = ObjectDecoder.Decode(Bytes("""{"spec":{"type":null,"selector":{"a":null},"externalIPs":[null],"ports":[null]}}"""), BodyFormat.Json, Schema.Of<Service>(), FieldValidation.Strict);
        Assert.Equal("""{"spec":{"selector":{"a":""},"externalIPs":[""],"ports":[{}]}}""", decoded.Object.ToJsonString());
    }

    [Fact]
    public void Quantities_times_and_bytes_get_the_stored_form()
    {
        var pod = ObjectDecoder.Decode<Pod>(Bytes("""{"metadata":{"creationTimestamp":"2026-01-02T05:04:05.9+02:00"},"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":0.5,"memory":"1024Mi","x":"1e3"}}}]}}""")).Object;
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), pod.Metadata.CreationTimestamp);
        var limits = pod.Spec!.Containers[0].Resources!.Limits;
        Assert.Equal(["500m", "1Gi", "1e3"], [limits["cpu"].Text, limits["memory"].Text, limits["x"].Text]);
        var lease = ObjectDecoder.Decode(Bytes("""{"spec":{"renewTime":"2026-01-02T03:04:05Z"}}"""), BodyFormat.Json, Schema.Of<Lease>(), FieldValidation.Strict);
        Assert.Equal("""{"spec":{"renewTime":"2026-01-02T03:04:05.000000Z"}}""", lease.Object.ToJsonString());
        var secret = ObjectDecoder.Decode<Secret>(Bytes("""{"data":{"a":"aGVs\nbG8="}}""")).Object;
        Assert.Equal("hello"u8.ToArray(), secret.Data["a"]);
    }

    [Theory]
    [InlineData("""{"data":{"a":"aGVsbG8"}}""")]
    [InlineData("""{"data":{"a":"a b="}}""")]
    [InlineData("""{"data":{"a":"!"}}""")]
    public void Wrong_base64_is_refused(string body)
    {
        var error = Assert.Throws<DecodingException>(() => ObjectDecoder.Decode<Secret>(Bytes(body)));
        Assert.StartsWith("illegal base64 data (data.a is ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_quantity_is_refused_in_the_words_of_Kubernetes()
    {
        var error = Assert.Throws<DecodingException>(() => ObjectDecoder.Decode<Pod>(Bytes("""{"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":"much"}}}]}}""")));
        Assert.Equal("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$' (spec.containers[0].resources.limits.cpu is \"much\")", error.Message);
    }

    [Theory]
    [InlineData(null, BodyFormat.Detect)]
    [InlineData("application/x-www-form-urlencoded", BodyFormat.Detect)]
    [InlineData("application/json; charset=utf-8", BodyFormat.Json)]
    [InlineData("Application/YAML", BodyFormat.Yaml)]
    [InlineData("application/vnd.kubernetes.protobuf", BodyFormat.Protobuf)]
    [InlineData("text/html", null)]
    public void Media_types_say_the_format(string? type, BodyFormat? format) => Assert.Equal(format, BodyFormats.FromMediaType(type));

    [Fact]
    public void Many_unknown_fields_take_time_that_grows_with_their_number()
    {
        // Removing one by one from the front would move what is left each time.
        var body = Bytes("{" + string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"k{i}\":1")) + "}");
        Assert.Empty(ObjectDecoder.Decode(body, BodyFormat.Json, Schema.Of<Service>(), FieldValidation.Ignore).Object);
        Assert.Equal(100, ObjectDecoder.Decode(body, BodyFormat.Json, Schema.Of<Service>(), FieldValidation.Warn).Warnings.Count);
    }

    private static DecodingException Refused(string body) => Assert.Throws<DecodingException>(() => ObjectDecoder.Decode<Service>(Bytes(body)));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
