using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Serialization;

/// <summary>
/// The one way in which objects of the API become JSON and come back. Fields that are null, and lists and maps that are empty,
/// are left out unless the declaration says <see cref="RequiredAttribute"/> (Go's <c>omitempty</c>). Reading ignores
/// fields that it does not know: what may be written is decided before, by the strict decoder.
/// </summary>
public static class ApiSerializer
{
    /// <summary>The options behind every call, for code that needs a <see cref="JsonTypeInfo"/> of its own.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>The generated description of <typeparamref name="T"/>.</summary>
    /// <exception cref="NotSupportedException">The type is not one of the API's.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>The object as compact UTF-8 JSON.</summary>
    public static byte[] Serialize<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>());

    /// <summary>Reads an object that an API server wrote.</summary>
    /// <exception cref="JsonException">The text is no JSON, or a field has another type.</exception>
    public static T Deserialize<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, TypeInfo<T>()) ?? throw new JsonException($"expected a {typeof(T).Name}, found null");

    /// <summary>Reads an object that an API server wrote, in the way of its type: see <see cref="IResource{TSelf}.Json"/>.</summary>
    /// <exception cref="JsonException">The text is no JSON, or a field has another type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json) where T : class, IResource<T> =>
        JsonSerializer.Deserialize(json, T.Json) ?? throw new JsonException($"expected a {T.Info.Kind}, found null");

    /// <summary>Whether both objects have the same JSON: equality by value through all lists and maps.</summary>
    public static bool AreEqual<T>(T one, T other)
    {
        if (ReferenceEquals(one, other)) return true;
        if (one is null || other is null) return false;
        using var left = JsonSerializer.SerializeToDocument(one, TypeInfo<T>());
        using var right = JsonSerializer.SerializeToDocument(other, TypeInfo<T>());
        return JsonElement.DeepEquals(left.RootElement, right.RootElement);
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = ApiJson.Default.WithAddedModifier(OmitEmptyCollections),
        };
        options.MakeReadOnly();
        return options;
    }

    private static void OmitEmptyCollections(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.PropertyType == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(property.PropertyType)) continue;
            if (property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: false) == true) continue;
            property.ShouldSerialize = (_, value) => value is IEnumerable items && items.GetEnumerator().MoveNext();
        }
    }
}
