using MiniK8s.Api.Declarations;
using MiniK8s.Api.Serialization;
using MiniK8s.ApiServer.Cache;

namespace MiniK8s.ApiServer.Registry;

/// <summary>An object as a write finds it.</summary>
/// <param name="Value">The object, with its resourceVersion.</param>
/// <param name="Json">The bytes that clients get.</param>
/// <param name="Revision">The revision of its last change.</param>
internal sealed record StoredObject<T>(T Value, ReadOnlyMemory<byte> Json, long Revision) where T : class, IResource<T>
{
    /// <summary>An object from the bytes that clients get.</summary>
    /// <exception cref="System.Text.Json.JsonException">They do not decode.</exception>
    public static StoredObject<T> Of(ReadOnlyMemory<byte> json, long revision) => new(ApiSerializer.Deserialize<T>(json.Span), json, revision);

    /// <summary>An object from what the store holds.</summary>
    /// <exception cref="System.Text.Json.JsonException">It does not decode.</exception>
    public static StoredObject<T> FromStore(ReadOnlyMemory<byte> stored, long revision) => Of(VersionedJson.Of(stored.Span, revision).Bytes, revision);

    /// <summary>What the store holds of an object: its JSON without the resourceVersion, which is the store's own revision.</summary>
    public static byte[] Encode(T value) => ApiSerializer.Serialize(value.WithMetadata(value.Metadata with { ResourceVersion = null }));
}
