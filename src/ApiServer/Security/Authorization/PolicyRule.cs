namespace MiniK8s.ApiServer.Security.Authorization;

/// <summary>What somebody may do, in the terms of rbac.authorization.k8s.io/v1. <c>*</c> stands for everything.</summary>
public sealed record PolicyRule
{
    /// <summary>The verbs.</summary>
    public required IReadOnlyList<string> Verbs { get; init; }

    /// <summary>The API groups.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The resources; a subresource is <c>pods/status</c>.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>The names; empty for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The namespaces; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Paths that are no resources; a <c>*</c> at the end matches the rest.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Whether the rule allows the request.</summary>
    public bool Allows(RequestAttributes request)
    {
        if (!Has(Verbs, request.Verb)) return false;
        if (!request.IsResource) return Paths.Any(path => Matches(path, request.Path));
        var resource = request.Subresource.Length == 0 ? request.Resource : $"{request.Resource}/{request.Subresource}";
        return Has(Groups, request.Group)
            && Has(Resources, resource)
            && (Names.Count == 0 || Names.Contains(request.Name))
            && (Namespaces.Count == 0 || Namespaces.Contains(request.Namespace));
    }

    private static bool Has(IReadOnlyList<string> list, string value) => list.Contains(value) || list.Contains("*");

    private static bool Matches(string pattern, string path) =>
        pattern.EndsWith('*') ? path.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == path;
}
