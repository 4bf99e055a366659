using System.Text.Json;

namespace MiniK8s.ApiServer.Cache;

/// <summary>
/// One object as the cache holds it: the bytes that go out, and, from the first selector that asks, its labels and selectable
/// fields. Immutable but for those two, which are computed at most a few times and always alike.
/// </summary>
internal sealed class CachedObject
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    private readonly VersionedJson json;
    private readonly IFieldReader fieldReader;
    private IReadOnlyDictionary<string, string>? labels;
    private IReadOnlyDictionary<string, string>? fields;

    private CachedObject(string key, long revision, VersionedJson json, IFieldReader fieldReader)
    {
        Key = key;
        Revision = revision;
        this.json = json;
        this.fieldReader = fieldReader;
    }

    /// <summary><c>namespace/name</c>, or the name alone for cluster-scoped kinds: the end of the store's key.</summary>
    public string Key { get; }

    /// <summary>The revision of the last change, which is the object's resourceVersion.</summary>
    public long Revision { get; }

    /// <summary>The JSON, with its resourceVersion.</summary>
    public ReadOnlyMemory<byte> Json => json.Bytes;

    /// <summary>The JSON of <c>metadata</c>.</summary>
    public ReadOnlyMemory<byte> Metadata => json.Metadata;

    /// <summary>The namespace; empty for cluster-scoped kinds.</summary>
    public ReadOnlySpan<char> Namespace => Key.IndexOf('/') is var slash and >= 0 ? Key.AsSpan(0, slash) : default;

    /// <summary>The name.</summary>
    public ReadOnlySpan<char> Name => Key.AsSpan(Key.IndexOf('/') + 1);

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => labels ??= ReadLabels();

    /// <summary>The selectable fields of the kind and their values.</summary>
    public IReadOnlyDictionary<string, string> Fields => fields ??= fieldReader.Read(this);

    /// <summary>An object from what the store holds.</summary>
    /// <exception cref="JsonException">The value is no object of the API.</exception>
    public static CachedObject FromStore(string key, long revision, ReadOnlySpan<byte> stored, IFieldReader fieldReader) =>
        new(key, revision, VersionedJson.Of(stored, revision), fieldReader);

    /// <summary>An object from the bytes that clients get.</summary>
    /// <exception cref="JsonException">This is no object of the API.</exception>
    public static CachedObject FromJson(string key, ReadOnlyMemory<byte> json) => new(key, 0, new VersionedJson(json, ObjectLayout.Of(json.Span)), NoFields.Instance);

    /// <summary>A key to search by; nothing else of it may be read.</summary>
    public static CachedObject Probe(string key) => new(key, 0, default, NoFields.Instance);

    /// <summary>The same object at another revision: how a deletion shows what was deleted.</summary>
    public CachedObject At(long revision) => new(Key, revision, json.At(revision), fieldReader) { labels = labels, fields = fields };

    private IReadOnlyDictionary<string, string> ReadLabels()
    {
        if (json.Layout.LabelsLength == 0) return None;
        var result = new Dictionary<string, string>();
        var reader = new Utf8JsonReader(json.Labels.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String) result[name] = reader.GetString()!;
            else reader.Skip();
        }

        return result;
    }

    private sealed class NoFields : IFieldReader
    {
        public static NoFields Instance { get; } = new();

        public IReadOnlyDictionary<string, string> Read(CachedObject value) => None;
    }
}

/// <summary>Knows the fields of a kind that field selectors may name.</summary>
internal interface IFieldReader
{
    /// <summary>Their values. An object that cannot be decoded has none: it must not stop the others.</summary>
    IReadOnlyDictionary<string, string> Read(CachedObject value);
}
