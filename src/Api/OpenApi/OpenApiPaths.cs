using System.Text.Json.Nodes;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.OpenApi;

/// <summary>The paths of a group and version, each with the operations that are served there.</summary>
internal sealed class OpenApiPaths(OpenApiComponents components)
{
    private static readonly string[] ObjectTypes = ["application/json", "application/yaml", BodyFormats.ProtobufMediaType];
    private static readonly string[] PatchTypes = ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"];

    private readonly SortedDictionary<string, JsonObject> paths = new(StringComparer.Ordinal);

    /// <summary>The paths, in order.</summary>
    public JsonObject ToJson() => new(paths.Select(path => KeyValuePair.Create(path.Key, (JsonNode?)path.Value)));

    public void Add(OpenApiResource resource)
    {
        var (info, kind) = (resource.Kind.Info, resource.Kind);
        var collection = info.Path(info.Namespaced ? "{namespace}" : null);
        if (resource.Verbs.Contains("list")) Operation(collection, "get", "list", info, kind.ListSchema);
        if (resource.Verbs.Contains("list") && info.Namespaced) Operation(info.Path(), "get", "list", info, kind.ListSchema, "ForAllNamespaces");
        if (resource.Verbs.Contains("create")) Operation(collection, "post", "post", info, kind.Schema);
        if (resource.Verbs.Contains("deletecollection")) Operation(collection, "delete", "deletecollection", info, Schema.Of<Status>());
        var item = collection + "/{name}";
        if (resource.Verbs.Contains("get")) Operation(item, "get", "get", info, kind.Schema);
        if (resource.Verbs.Contains("update")) Operation(item, "put", "put", info, kind.Schema);
        if (resource.Verbs.Contains("patch")) Operation(item, "patch", "patch", info, kind.Schema);
        if (resource.Verbs.Contains("delete")) Operation(item, "delete", "delete", info, Schema.Of<Status>());
        foreach (var subresource in resource.Subresources) Add($"{item}/{subresource.Name}", info, subresource);
    }

    private void Add(string path, KindInfo owner, OpenApiSubresource subresource)
    {
        var suffix = char.ToUpperInvariant(subresource.Name[0]) + subresource.Name[1..];
        (string Verb, string Method)[] methods = [("get", "get"), ("create", "post"), ("update", "put"), ("patch", "patch")];
        foreach (var (verb, method) in methods.Where(method => subresource.Verbs.Contains(method.Verb)))
        {
            Operation(path, method, method, subresource.Info, subresource.Schema, suffix, owner);
        }
    }

    private void Operation(string path, string method, string action, KindInfo info, Schema answer, string suffix = "", KindInfo? owner = null)
    {
        if (!paths.TryGetValue(path, out var item)) paths.Add(path, item = new JsonObject { ["parameters"] = OpenApiParameters.OfPath(path) });
        var operation = new JsonObject
        {
            ["tags"] = new JsonArray(Tag(owner ?? info)),
            ["operationId"] = OperationId(path, action, owner ?? info, suffix),
            ["parameters"] = OpenApiParameters.Of(action),
            ["responses"] = Responses(action, answer, info),
            ["x-kubernetes-action"] = action,
            ["x-kubernetes-group-version-kind"] = OpenApiComponents.Kind(info),
        };
        if (RequestBody(action, answer, info) is { } body) operation["requestBody"] = body;
        item[method] = operation;
    }

    private JsonObject? RequestBody(string action, Schema schema, KindInfo info) => action switch
    {
        "post" or "put" => new JsonObject { ["required"] = true, ["content"] = Content(["*/*"], () => Reference(schema, info)) },
        "patch" => new JsonObject { ["required"] = true, ["content"] = Content(PatchTypes, components.PatchReference) },
        "delete" or "deletecollection" => new JsonObject { ["content"] = Content(["*/*"], () => components.Reference(Schema.Of<DeleteOptions>(), OptionsKind(info))) },
        _ => null,
    };

    private JsonObject Responses(string action, Schema answer, KindInfo info)
    {
        var responses = new JsonObject { ["200"] = Response("OK") };
        if (action is "post" or "put" or "patch") responses["201"] = Response("Created");
        if (action is "post" or "delete") responses["202"] = Response("Accepted");
        responses["401"] = new JsonObject { ["description"] = "Unauthorized" };
        return responses;

        JsonObject Response(string description) => new() { ["description"] = description, ["content"] = Content(ObjectTypes, () => Reference(answer, info)) };
    }

    /// <summary>A reference that marks the schema with its kind: the kind itself, its list, or <c>Status</c>.</summary>
    private JsonObject Reference(Schema schema, KindInfo info) => schema.ShortName switch
    {
        var name when name == info.Kind => components.Reference(schema, info),
        var name when name == info.Kind + "List" => components.Reference(schema, info with { Kind = info.Kind + "List" }),
        "Status" => components.Reference(schema, new KindInfo("", "v1", "Status", "", "", false)),
        _ => components.Reference(schema),
    };

    private static KindInfo OptionsKind(KindInfo info) => new(info.Group, info.Version, "DeleteOptions", "", "", false);

    private static JsonObject Content(IEnumerable<string> types, Func<JsonObject> schema) =>
        new(types.Select(type => KeyValuePair.Create(type, (JsonNode?)new JsonObject { ["schema"] = schema() })));

    private static string Tag(KindInfo info) => $"{(info.Group.Length == 0 ? "core" : info.Group.Split('.')[0])}_{info.Version}";

    /// <summary>Such as <c>createCoreV1NamespacedService</c>, by which generated clients name their methods.</summary>
    private static string OperationId(string path, string action, KindInfo info, string suffix)
    {
        var verb = action switch { "post" => "create", "put" => "replace", "get" => "read", "deletecollection" => "deleteCollection", _ => action };
        var group = string.Concat(Tag(info).Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        return $"{verb}{group}{(path.Contains("{namespace}", StringComparison.Ordinal) ? "Namespaced" : "")}{info.Kind}{suffix}";
    }
}
