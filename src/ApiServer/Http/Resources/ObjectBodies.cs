using MiniK8s.Api.Declarations;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Protobuf;
using MiniK8s.Api.Schemas;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Resources;

/// <summary>Reads objects from bodies in every format that clients send.</summary>
internal static class ObjectBodies
{
    private static readonly string[] Readable = ["application/json", "application/yaml", BodyFormats.ProtobufMediaType];

    /// <summary>The object of a request's body, not yet held against its schema.</summary>
    /// <param name="context">The request.</param>
    /// <param name="schema">The form of the object, without which protobuf cannot be read.</param>
    /// <exception cref="ApiException">415: the format is not read here. 400: the body is not well-formed. 413: it is too large.</exception>
    public static async Task<ParsedBody> ReadAsync(HttpContext context, Schema schema)
    {
        var body = await BodyReading.ReadAsync(context, context.RequestAborted);
        return Read(context.Request.ContentType, body, schema);
    }

    /// <summary>The object of a body of a content type.</summary>
    /// <exception cref="ApiException">415: the format is not read here. 400: the body is not well-formed.</exception>
    public static ParsedBody Read(string? contentType, ReadOnlyMemory<byte> body, Schema schema)
    {
        var format = BodyFormats.FromMediaType(contentType) ?? throw ApiErrors.UnsupportedMediaType(contentType, Readable);
        var isProtobuf = format == BodyFormat.Protobuf || (format == BodyFormat.Detect && body.Span.StartsWith("k8s\0"u8));
        return isProtobuf ? new ParsedBody(KubernetesProtobuf.Decode(body.Span, schema), []) : ObjectDecoder.Read(body, format);
    }

    /// <summary>The typed object of a request's body, for endpoints that store no kind of their own.</summary>
    /// <exception cref="ApiException">As for <see cref="ReadAsync"/>, or it does not fit the kind.</exception>
    public static async Task<T> DecodeAsync<T>(HttpContext context, WriteOptions options) where T : class, IResource<T>
    {
        var schema = Schema.Of<T>();
        var body = await ReadAsync(context, schema);
        try
        {
            var decoded = ObjectDecoder.Check(body, schema, options.FieldValidation);
            options.Warnings.AddRange(decoded.Warnings);
            return ObjectDecoder.Typed<T>(decoded.Object);
        }
        catch (DecodingException problem)
        {
            throw ApiErrors.Undecodable(T.Info, problem);
        }
    }
}
