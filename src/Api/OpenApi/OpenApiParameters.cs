using System.Text.Json.Nodes;

namespace MiniK8s.Api.OpenApi;

/// <summary>The parameters of operations. By their names kubectl decides whether it may ask for validation and dry runs.</summary>
internal static class OpenApiParameters
{
    private static readonly (string Name, string Type, string Description) DryRun =
        ("dryRun", "string", "With the value All nothing is stored; the answer is what it would be.");

    private static readonly (string Name, string Type, string Description) FieldManager =
        ("fieldManager", "string", "The name under which the changed fields are recorded; at most 128 printable characters.");

    private static readonly (string Name, string Type, string Description) FieldValidation =
        ("fieldValidation", "string", "What becomes of unknown and duplicate fields: Ignore, Warn (the default) or Strict.");

    private static readonly (string Name, string Type, string Description)[] Selecting =
    [
        ("labelSelector", "string", "Only objects whose labels match."),
        ("fieldSelector", "string", "Only objects whose fields match."),
        ("limit", "integer", "At most that many objects; the answer says where to continue."),
        ("continue", "string", "The token of an earlier answer, to get the objects that follow."),
        ("resourceVersion", "string", "The version from which to list or watch."),
        ("resourceVersionMatch", "string", "How resourceVersion is meant: Exact or NotOlderThan."),
        ("timeoutSeconds", "integer", "After that many seconds the answer ends."),
    ];

    private static readonly (string Name, string Type, string Description)[] Deleting =
    [
        DryRun,
        ("gracePeriodSeconds", "integer", "Seconds that the object has until it goes; 0 for at once."),
        ("orphanDependents", "boolean", "Old form of propagationPolicy."),
        ("propagationPolicy", "string", "What becomes of dependents: Orphan, Background or Foreground."),
    ];

    /// <summary>The parameters of one operation.</summary>
    /// <param name="action">The value of x-kubernetes-action.</param>
    public static JsonArray Of(string action) => action switch
    {
        "list" => Query([.. Selecting, ("watch", "boolean", "Send changes as they happen, instead of a list."), ("allowWatchBookmarks", "boolean", "Let the watch tell its version from time to time."), ("sendInitialEvents", "boolean", "Let the watch begin with all objects.")]),
        "deletecollection" => Query([.. Selecting, .. Deleting]),
        "delete" => Query(Deleting),
        "post" or "put" => Query([DryRun, FieldManager, FieldValidation]),
        "patch" => Query([DryRun, FieldManager, FieldValidation, ("force", "boolean", "Let apply take over fields that others manage.")]),
        _ => Query([("resourceVersion", "string", "The version to read at, or a later one.")]),
    };

    /// <summary>The parameters that all operations of a path share.</summary>
    public static JsonArray OfPath(string path)
    {
        var result = Query([("pretty", "string", "With the value true the answer is indented.")]);
        if (path.Contains("{namespace}", StringComparison.Ordinal)) result.Add(InPath("namespace", "The namespace of the objects."));
        if (path.Contains("{name}", StringComparison.Ordinal)) result.Add(InPath("name", "The name of the object."));
        return result;
    }

    private static JsonArray Query(IEnumerable<(string Name, string Type, string Description)> parameters) => new([.. parameters.Select(parameter => new JsonObject
    {
        ["name"] = parameter.Name,
        ["in"] = "query",
        ["description"] = parameter.Description,
        ["schema"] = new JsonObject { ["type"] = parameter.Type, ["uniqueItems"] = true },
    })]);

    private static JsonObject InPath(string name, string description) => new()
    {
        ["name"] = name,
        ["in"] = "path",
        ["description"] = description,
        ["required"] = true,
        ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true },
    };
}
