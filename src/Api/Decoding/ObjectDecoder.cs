using System.Text.Json;
using System.Text.Json.Nodes;
using MiniK8s.Api.Protobuf;
using MiniK8s.Api.Schemas;
using MiniK8s.Api.Serialization;

namespace MiniK8s.Api.Decoding;

/// <summary>
/// Turns bodies into objects that fit their schema. The first step, <see cref="Read"/>, needs no schema and shows which kind the
/// body says it is; the second, <see cref="Check"/>, holds it against the schema. <see cref="Decode"/> is both.
/// </summary>
public static class ObjectDecoder
{
    /// <summary>Reads a body that is JSON or YAML.</summary>
    /// <exception cref="DecodingException">It is neither, holds no single object, is too deep, or is not UTF-8.</exception>
    public static ParsedBody Read(ReadOnlyMemory<byte> body, BodyFormat format = BodyFormat.Detect)
    {
        if (body.Span.StartsWith("\uFEFF"u8)) body = body[3..];
        if (body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0) throw new DecodingException("the body is empty; an object with apiVersion and kind is wanted");
        return (format == BodyFormat.Detect ? BodyFormats.Detect(body.Span) : format) switch
        {
            BodyFormat.Json => JsonBody.Read(body),
            BodyFormat.Yaml => YamlDocuments.ReadOne(body.Span),
            var other => throw new DecodingException($"a {other} body cannot be read without a schema"),
        };
    }

    /// <summary>Holds an object against a schema. The object of <paramref name="body"/> is changed: unknown fields and nulls go.</summary>
    /// <exception cref="DecodingException">A value has a wrong form; or, with Strict, a field is unknown or stands twice.</exception>
    public static Decoded Check(ParsedBody body, Schema schema, FieldValidation validation)
    {
        var unknown = SchemaChecker.Check(body.Object, schema);
        if (validation == FieldValidation.Ignore || unknown.Count + body.Duplicates.Count == 0) return new Decoded(body.Object, []);
        IReadOnlyList<string> found = [.. body.Duplicates, .. unknown];
        return validation == FieldValidation.Warn
            ? new Decoded(body.Object, found)
            : throw new DecodingException($"strict decoding error: {string.Join(", ", found)}");
    }

    /// <summary>Reads a body, in any format, and holds it against a schema.</summary>
    /// <exception cref="DecodingException">As for <see cref="Read"/> and <see cref="Check"/>.</exception>
    public static Decoded Decode(ReadOnlyMemory<byte> body, BodyFormat format, Schema schema, FieldValidation validation) =>
        Check(IsProtobuf(body, format) ? new ParsedBody(KubernetesProtobuf.Decode(body.Span, schema), []) : Read(body, format), schema, validation);

    /// <summary>Reads a body into the record that declares its kind.</summary>
    /// <exception cref="DecodingException">As for <see cref="Read"/> and <see cref="Check"/>.</exception>
    public static Decoded<T> Decode<T>(ReadOnlyMemory<byte> body, BodyFormat format = BodyFormat.Detect, FieldValidation validation = FieldValidation.Strict)
    {
        var decoded = Decode(body, format, Schema.Of<T>(), validation);
        return new Decoded<T>(Typed<T>(decoded.Object), decoded.Warnings);
    }

    /// <summary>What a body of any format says that it is; empty where it does not say.</summary>
    /// <exception cref="DecodingException">As for <see cref="Read"/>.</exception>
    public static (string ApiVersion, string Kind) ReadKind(ReadOnlyMemory<byte> body, BodyFormat format = BodyFormat.Detect)
    {
        if (IsProtobuf(body, format)) return KubernetesProtobuf.ReadKind(body.Span);
        var parsed = Read(body, format);
        return (parsed.ApiVersion, parsed.Kind);
    }

    /// <summary>The record of an object that fits its schema.</summary>
    /// <exception cref="DecodingException">It does not fit after all.</exception>
    public static T Typed<T>(JsonObject value)
    {
        try
        {
            return value.Deserialize(ApiSerializer.TypeInfo<T>()) ?? throw new DecodingException($"expected a {typeof(T).Name}, found null");
        }
        catch (JsonException e)
        {
            throw new DecodingException($"the object is no {typeof(T).Name}: {e.Message}", e);
        }
    }

    private static bool IsProtobuf(ReadOnlyMemory<byte> body, BodyFormat format) =>
        format == BodyFormat.Protobuf || (format == BodyFormat.Detect && BodyFormats.Detect(body.Span) == BodyFormat.Protobuf);
}
