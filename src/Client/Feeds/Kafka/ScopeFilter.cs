using System.Text.Json;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Selectors;
using MiniK8s.Api.Serialization;

namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>Decides for a reader of the topic what the API server decides for one of its lists: whether an object is in the scope.</summary>
internal sealed class ScopeFilter<T>(FeedScope scope) where T : class, IResource<T>
{
    private readonly LabelSelection _labels = LabelSelection.Parse(scope.LabelSelector);
    private readonly FieldSelection _fields = FieldSelection.Parse(scope.FieldSelector);

    /// <summary>Whether objects of this namespace can be in the scope at all.</summary>
    internal bool HasNamespace(string @namespace) => scope.Namespace is null || scope.Namespace == @namespace;

    /// <summary>Whether the object is in the scope.</summary>
    internal bool Matches(T value) =>
        HasNamespace(value.Metadata.Namespace ?? "") && _labels.Matches(value.Metadata.Labels) && (_fields.IsEverything || MatchesFields(value));

    // The fields that kinds can be selected by are plain values at their paths; an absent one counts as its empty value.
    private bool MatchesFields(T value)
    {
        using var json = JsonSerializer.SerializeToDocument(value, ApiSerializer.TypeInfo<T>());
        return _fields.Matches(field => Text(json.RootElement, field));
    }

    private static string Text(JsonElement root, string path)
    {
        var at = root;
        foreach (var name in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return "";
            }
        }

        return at.ValueKind == JsonValueKind.String ? at.GetString() ?? "" : at.GetRawText();
    }
}
