using System.Globalization;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Selectors;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Resources;

/// <summary>The query parameters of a list or watch (metav1.ListOptions), read and held against each other.</summary>
internal sealed record ListParameters
{
    /// <summary>The label selector.</summary>
    public required LabelSelection Labels { get; init; }

    /// <summary>The field selector.</summary>
    public required FieldSelection Fields { get; init; }

    /// <summary>The version asked for; null where none was given, 0 for any.</summary>
    public long? ResourceVersion { get; init; }

    /// <summary><c>Exact</c>, <c>NotOlderThan</c>, or empty.</summary>
    public string Match { get; init; } = "";

    /// <summary>Most items of a page; 0 for all.</summary>
    public int Limit { get; init; }

    /// <summary>Where a page begins; empty for the first.</summary>
    public string Continue { get; init; } = "";

    /// <summary>How long a watch lasts; null leaves it to the server.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether a watch may be sent bookmarks.</summary>
    public bool AllowsBookmarks { get; init; }

    /// <summary>Whether a watch begins with the objects that there are; null where the client does not say.</summary>
    public bool? SendInitialEvents { get; init; }

    /// <summary>Whether the selectors select everything.</summary>
    public bool SelectsAll => Labels.IsEverything && Fields.IsEverything;

    /// <summary>Reads the parameters of a request.</summary>
    /// <exception cref="ApiException">400 or 422: one of them makes no sense.</exception>
    public static ListParameters Of(HttpRequest request, bool isWatch)
    {
        var query = request.Query;
        var parameters = new ListParameters
        {
            Labels = Selector("labelSelector", query["labelSelector"], LabelSelection.Parse),
            Fields = Selector("fieldSelector", query["fieldSelector"], FieldSelection.Parse),
            ResourceVersion = Version(query["resourceVersion"]),
            Match = query["resourceVersionMatch"].ToString(),
            Limit = (int)Math.Min(QueryParameters.Number(query, "limit") ?? 0, int.MaxValue),
            Continue = query["continue"].ToString(),
            Timeout = QueryParameters.Number(query, "timeoutSeconds") is { } seconds and > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : null,
            AllowsBookmarks = QueryParameters.Boolean(query, "allowWatchBookmarks") ?? false,
            SendInitialEvents = isWatch ? QueryParameters.Boolean(query, "sendInitialEvents") : null,
        };
        var errors = (isWatch ? parameters.WatchErrors() : parameters.ListErrors()).ToList();
        if (errors.Count > 0) throw Refusals.InvalidOptions("ListOptions", errors);
        if (!isWatch && parameters.Continue.Length > 0 && parameters.ResourceVersion > 0)
            throw ApiErrors.BadRequest("specifying resource version is not allowed when using continue");
        return parameters;
    }

    private IEnumerable<FieldError> ListErrors()
    {
        if (Match.Length == 0) yield break;
        if (ResourceVersion is null) yield return FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided");
        if (Continue.Length > 0) yield return FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");
        if (Match is not ("Exact" or "NotOlderThan")) yield return FieldError.NotSupported("resourceVersionMatch", Match, ["Exact", "NotOlderThan"]);
        if (Match == "Exact" && ResourceVersion == 0)
            yield return FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
    }

    private IEnumerable<FieldError> WatchErrors()
    {
        if (SendInitialEvents is null)
        {
            if (Match.Length > 0) yield return FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
            yield break;
        }

        if (Match != "NotOlderThan")
            yield return FieldError.Forbidden("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        if (Continue.Length > 0) yield return FieldError.Forbidden("continue", "continue is forbidden for a watch");
    }

    private static long? Version(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw ApiErrors.BadRequest($"resourceVersion={text} is no version that this server gave out; it is a whole number");
    }

    private static T Selector<T>(string name, string? text, Func<string?, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (SelectorException problem)
        {
            throw ApiErrors.BadRequest($"unable to parse {name}={text}: {problem.Message}");
        }
    }
}
