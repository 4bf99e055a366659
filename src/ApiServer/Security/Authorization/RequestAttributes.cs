using MiniK8s.ApiServer.Security.Authentication;

namespace MiniK8s.ApiServer.Security.Authorization;

/// <summary>What a request wants to do: the question to the authorizer (authorizer.Attributes of k8s.io/apiserver).</summary>
public sealed record RequestAttributes
{
    /// <summary>Who asks.</summary>
    public required UserInfo User { get; init; }

    /// <summary>get, list, watch, create, update, patch, delete, deletecollection; for other paths the HTTP method in lower case.</summary>
    public required string Verb { get; init; }

    /// <summary>Whether the request is for a resource; otherwise only <see cref="Path"/> counts.</summary>
    public bool IsResource { get; init; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; init; } = "";

    /// <summary>The plural resource name.</summary>
    public string Resource { get; init; } = "";

    /// <summary>Such as <c>status</c>; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The namespace; empty for cluster-scoped requests and for all namespaces.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The object's name; empty for collections.</summary>
    public string Name { get; init; } = "";

    /// <summary>The path of a request that is for no resource.</summary>
    public string Path { get; init; } = "";

    /// <summary>The field selector of a list or watch; empty for none.</summary>
    public string FieldSelector { get; init; } = "";
}
