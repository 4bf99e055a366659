namespace MiniK8s.ApiServer.Http;

/// <summary>
/// What a request is about, read once from its method and path (apiserver's request.RequestInfo): routing, authorization and limits
/// all decide from this.
/// </summary>
public sealed record RequestInfo
{
    /// <summary>get, list, watch, create, update, patch, delete, deletecollection; for paths that are no resource's the method in lower case.</summary>
    public required string Verb { get; init; }

    /// <summary>The path, without the query.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the path is a resource's; the members below are empty where it is not.</summary>
    public bool IsResource { get; init; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; init; } = "";

    /// <summary>The version, such as <c>v1</c>.</summary>
    public string Version { get; init; } = "";

    /// <summary>The plural name, such as <c>services</c>.</summary>
    public string Resource { get; init; } = "";

    /// <summary>Such as <c>status</c>; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>What follows the subresource in the path, without a slash at either end: only proxies have it.</summary>
    public string SubresourcePath { get; init; } = "";

    /// <summary>The namespace; empty for cluster-scoped requests and for all namespaces.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The object's name; empty for collections, unless a field selector names one object.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether the request is for a whole collection, even where a field selector names one object of it.</summary>
    public bool IsCollection { get; init; }

    /// <summary>Whether the request stays open for as long as the client likes: it has no time limit and counts in no limit of requests in flight.</summary>
    public bool IsLongRunning => Verb == "watch" || Subresource is "log" or "exec" or "attach" or "portforward" or "proxy";

    /// <summary>Whether nothing is changed.</summary>
    public bool IsReadOnly => Verb is "get" or "list" or "watch" or "head" or "options";
}

/// <summary>Where a request's <see cref="RequestInfo"/> is found.</summary>
public static class RequestInfoExtensions
{
    /// <summary>What the request is about. Every pipeline step and handler may ask.</summary>
    public static RequestInfo GetRequestInfo(this HttpContext context) =>
        context.Features.Get<RequestInfo>() ?? throw new InvalidOperationException("the request has not been parsed yet");
}
