namespace MiniK8s.Api.Errors;

/// <summary>A request on a resource that authorization refused.</summary>
/// <param name="User">Who asked.</param>
/// <param name="Verb">What for, such as <c>list</c>.</param>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Resource">The plural name.</param>
public sealed record Denial(string User, string Verb, string Group, string Resource)
{
    /// <summary>The subresource; null for the object itself.</summary>
    public string? Subresource { get; init; }

    /// <summary>The namespace; null for cluster-wide requests.</summary>
    public string? Namespace { get; init; }

    /// <summary>The object's name; null for the collection.</summary>
    public string? Name { get; init; }

    /// <summary>What the authorizer adds; null for nothing.</summary>
    public string? Reason { get; init; }
}
