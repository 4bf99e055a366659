namespace MiniK8s.Api.Decoding;

/// <summary>How an object is written in a body.</summary>
public enum BodyFormat
{
    /// <summary>JSON if it begins like JSON, else YAML.</summary>
    Detect,

    /// <summary>One JSON object.</summary>
    Json,

    /// <summary>One YAML document.</summary>
    Yaml,

    /// <summary>Kubernetes protobuf: the magic <c>k8s\0</c> and a <c>runtime.Unknown</c>.</summary>
    Protobuf,
}

/// <summary>The media types of bodies.</summary>
public static class BodyFormats
{
    /// <summary>The media type of Kubernetes protobuf.</summary>
    public const string ProtobufMediaType = "application/vnd.kubernetes.protobuf";

    /// <summary>
    /// The format that a <c>Content-Type</c> says. None, and the form type that <c>curl -d</c> sends unasked, mean detection by
    /// content. Null for a type that is none of an object's: the server answers 415.
    /// </summary>
    public static BodyFormat? FromMediaType(string? contentType) => (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "" or "application/x-www-form-urlencoded" or "*/*" => BodyFormat.Detect,
        "application/json" => BodyFormat.Json,
        "application/yaml" or "application/x-yaml" or "text/yaml" or "text/x-yaml" => BodyFormat.Yaml,
        ProtobufMediaType => BodyFormat.Protobuf,
        _ => null,
    };

    /// <summary>What the first bytes look like.</summary>
    internal static BodyFormat Detect(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("k8s\0"u8)) return BodyFormat.Protobuf;
        var text = body.TrimStart(" \t\r\n"u8);
        return text.Length > 0 && text[0] is (byte)'{' or (byte)'[' ? BodyFormat.Json : BodyFormat.Yaml;
    }
}
