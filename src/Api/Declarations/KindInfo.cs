namespace MiniK8s.Api.Declarations;

/// <summary>What a kind is called and where it is served: the part of a declaration that needs no reflection.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version in the group, such as <c>v1</c>.</param>
/// <param name="Kind">The kind, such as <c>Service</c>.</param>
/// <param name="Plural">The resource name in paths, such as <c>services</c>.</param>
/// <param name="Singular">The name that clients show and accept, such as <c>service</c>.</param>
/// <param name="Namespaced">Whether objects live in a namespace.</param>
public sealed record KindInfo(string Group, string Version, string Kind, string Plural, string Singular, bool Namespaced)
{
    /// <summary>Abbreviations that command lines accept, such as <c>svc</c>.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Groups of kinds that command lines accept as one name, such as <c>all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary><c>v1</c> for the core group, else <c>group/version</c>: the value of <c>apiVersion</c>.</summary>
    public string GroupVersion { get; } = Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The path of the group and version: <c>/api/v1</c> or <c>/apis/group/version</c>, without a slash at the end.</summary>
    public string RootPath { get; } = Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";

    /// <summary>The name under which the kind is known across groups, such as <c>endpointslices.discovery.k8s.io</c>.</summary>
    public string GroupResource { get; } = Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>The path of the collection, or of one object in it.</summary>
    /// <param name="namespace">The namespace; null for cluster-scoped kinds and for all namespaces.</param>
    /// <param name="name">The object's name; null for the collection.</param>
    /// <param name="subresource">Such as <c>status</c>; null for the object itself.</param>
    public string Path(string? @namespace = null, string? name = null, string? subresource = null)
    {
        var collection = @namespace is null || !Namespaced ? $"{RootPath}/{Plural}" : $"{RootPath}/namespaces/{@namespace}/{Plural}";
        return name is null ? collection : subresource is null ? $"{collection}/{name}" : $"{collection}/{name}/{subresource}";
    }
}
