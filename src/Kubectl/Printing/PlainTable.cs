using System.Text.Json.Nodes;
using MiniK8s.Api.Values;

namespace MiniK8s.Kubectl.Printing;

/// <summary>The Table of a server that makes none: names and ages.</summary>
internal static class PlainTable
{
    /// <summary>The answer if it is a Table, else one of the object or objects in it.</summary>
    public static JsonObject Of(JsonObject answer, DateTimeOffset now)
    {
        if ((string?)answer["kind"] == "Table") return answer;
        var items = answer["items"] is JsonArray list ? list.OfType<JsonObject>() : [answer];
        return new JsonObject
        {
            ["kind"] = "Table",
            ["metadata"] = answer["metadata"]?.DeepClone(),
            ["columnDefinitions"] = new JsonArray(new JsonObject { ["name"] = "Name" }, new JsonObject { ["name"] = "Age" }),
            ["rows"] = new JsonArray([.. items.Select(item => Row(item["metadata"] as JsonObject ?? [], now))]),
        };
    }

    private static JsonObject Row(JsonObject metadata, DateTimeOffset now) => new()
    {
        ["cells"] = new JsonArray((string?)metadata["name"], Age.Of((DateTimeOffset?)metadata["creationTimestamp"], now)),
        ["object"] = new JsonObject { ["metadata"] = metadata.DeepClone() },
    };
}
