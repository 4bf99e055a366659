using System.Text.Json.Serialization;

namespace MiniK8s.ApiServer.Events;

/// <summary>metav1.PartialObjectMetadata, as far as a reference needs it.</summary>
internal sealed record PartialObjectMetadata(ObjectReferenceMetadata Metadata)
{
    public string ApiVersion => "meta.k8s.io/v1";

    public string Kind => "PartialObjectMetadata";
}

/// <summary>Which object, at which version.</summary>
internal sealed record ObjectReferenceMetadata(string? Namespace, string Name, string ResourceVersion);

/// <summary>Serializers of the values.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PartialObjectMetadata))]
[JsonSerializable(typeof(PublisherLeaseState))]
[JsonSerializable(typeof(PublisherCheckpoint))]
internal sealed partial class ReferenceJson : JsonSerializerContext;
