using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Kubectl.Requests;

/// <summary>The objects of a list.</summary>
internal static class ListItems
{
    /// <summary>The items, with the version and kind that only the list names.</summary>
    public static IEnumerable<JsonObject> Of(JsonObject list, KindInfo kind) => (list["items"] as JsonArray ?? []).OfType<JsonObject>().Select(item => Named(item, kind));

    /// <summary>The object, with version and kind where it lacked them.</summary>
    public static JsonObject Named(JsonObject item, KindInfo kind)
    {
        item["apiVersion"] ??= kind.GroupVersion;
        item["kind"] ??= kind.Kind;
        return item;
    }
}
