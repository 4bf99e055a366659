using System.Collections.ObjectModel;
using System.Text.Json;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Proxy.Views;

/// <summary>Reads of an object's metadata its name, namespace and version, and the few labels and annotations that matter.</summary>
/// <param name="labels">Their keys.</param>
/// <param name="annotations">Their keys.</param>
internal sealed class MetadataFields(string[] labels, string[] annotations)
{
    /// <summary>From the field's name on.</summary>
    public ObjectMeta Read(ref Utf8JsonReader reader)
    {
        (string? name, string? space, string? version) = (null, null, null);
        IReadOnlyDictionary<string, string> foundLabels = ReadOnlyDictionary<string, string>.Empty, foundAnnotations = foundLabels;
        if (!JsonFields.Enter(ref reader)) return new ObjectMeta();
        while (JsonFields.Next(ref reader))
        {
            if (reader.ValueTextEquals("name"u8)) name = JsonFields.Text(ref reader);
            else if (reader.ValueTextEquals("namespace"u8)) space = JsonFields.Text(ref reader);
            else if (reader.ValueTextEquals("resourceVersion"u8)) version = JsonFields.Text(ref reader);
            else if (reader.ValueTextEquals("labels"u8)) foundLabels = Pick(ref reader, labels);
            else if (reader.ValueTextEquals("annotations"u8)) foundAnnotations = Pick(ref reader, annotations);
            else JsonFields.Skip(ref reader);
        }
        return new ObjectMeta { Name = name, Namespace = space, ResourceVersion = version, Labels = foundLabels, Annotations = foundAnnotations };
    }

    private static IReadOnlyDictionary<string, string> Pick(ref Utf8JsonReader reader, string[] keys)
    {
        Dictionary<string, string>? found = null;
        if (!JsonFields.Enter(ref reader)) return ReadOnlyDictionary<string, string>.Empty;
        while (JsonFields.Next(ref reader))
        {
            if (KeyAt(ref reader, keys) is not { } key) JsonFields.Skip(ref reader);
            else if (JsonFields.Text(ref reader) is { } value) (found ??= new(keys.Length, StringComparer.Ordinal))[key] = value;
        }
        return (IReadOnlyDictionary<string, string>?)found ?? ReadOnlyDictionary<string, string>.Empty;
    }

    private static string? KeyAt(ref Utf8JsonReader reader, string[] keys)
    {
        foreach (var key in keys)
        {
            if (reader.ValueTextEquals(key)) return key;
        }
        return null;
    }
}
