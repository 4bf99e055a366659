using System.Text.Json.Nodes;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Protobuf;

/// <summary>
/// Bodies of type <c>application/vnd.kubernetes.protobuf</c>: the magic <c>k8s\0</c>, then a <c>runtime.Unknown</c> with the kind's
/// name and, in its field <c>raw</c>, the object's message (apimachinery's runtime/serializer/protobuf).
/// </summary>
public static class KubernetesProtobuf
{
    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>What a body says that it is, so that the schema can be looked up.</summary>
    /// <exception cref="DecodingException">The body is malformed.</exception>
    public static (string ApiVersion, string Kind) ReadKind(ReadOnlySpan<byte> body)
    {
        var (type, _) = Open(body);
        return type;
    }

    /// <summary>Reads a body into the JSON of its kind. Fields with unknown numbers are left out, as in Go.</summary>
    /// <exception cref="DecodingException">The body is malformed.</exception>
    public static JsonObject Decode(ReadOnlySpan<byte> body, Schema schema)
    {
        var ((apiVersion, kind), raw) = Open(body);
        var result = ProtoDecoder.Object(body[raw], schema);
        if (kind.Length > 0) result.Insert(0, "kind", kind);
        if (apiVersion.Length > 0) result.Insert(0, "apiVersion", apiVersion);
        return result;
    }

    /// <summary>Writes an object, whose <c>apiVersion</c> and <c>kind</c> go around its message.</summary>
    /// <exception cref="DecodingException">A value does not fit the schema.</exception>
    public static byte[] Encode(JsonObject value, Schema schema)
    {
        var type = new ProtoWriter();
        type.Text(1, Text(value, "apiVersion"));
        type.Text(2, Text(value, "kind"));
        var unknown = new ProtoWriter();
        unknown.Raw(Magic);
        unknown.Message(1, type);
        unknown.Message(2, ProtoEncoder.Object(value, schema));
        unknown.Text(3, "");
        unknown.Text(4, "");
        return unknown.Written.ToArray();
    }

    private static ((string ApiVersion, string Kind) Type, Range Raw) Open(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Magic)) throw ProtoReader.Malformed("it does not begin with the four bytes k8s\\0");
        var (type, raw) = (("", ""), Range.EndAt(0));
        var reader = new ProtoReader(body[Magic.Length..]);
        while (reader.Next())
        {
            switch (reader.Number)
            {
                case 1: type = Kind(reader.Bytes()); break;
                case 2:
                    var message = reader.Bytes();
                    if (!body.Overlaps(message, out var start)) start = 0;
                    raw = start..(start + message.Length);
                    break;
                case 3 or 4 when reader.Text() is { Length: > 0 } encoding:
                    throw ProtoReader.Malformed($"content encoding or type \"{encoding}\" is not supported");
                case > 4: reader.Skip(); break;
            }
        }

        return (type, raw);
    }

    private static (string ApiVersion, string Kind) Kind(ReadOnlySpan<byte> message)
    {
        var (apiVersion, kind) = ("", "");
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Number == 1) apiVersion = reader.Text();
            else if (reader.Number == 2) kind = reader.Text();
            else reader.Skip();
        }

        return (apiVersion, kind);
    }

    private static string Text(JsonObject value, string name) => value[name] is JsonValue text && text.TryGetValue<string>(out var found) ? found : "";
}
