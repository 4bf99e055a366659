using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Discovery;

/// <summary>A version of a group with its resources.</summary>
internal sealed record DiscoveryVersion(string Group, string Version, IReadOnlyList<DiscoveryResource> Resources)
{
    /// <summary>As <c>apiVersion</c> has it.</summary>
    public string GroupVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Where it is served.</summary>
    public string Path => Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";

    /// <summary>The resources as legacy discovery shows them.</summary>
    public APIResourceList ToList() => new() { GroupVersion = GroupVersion, Resources = [.. Resources.SelectMany(resource => resource.ToResources())] };
}

/// <summary>A resource as discovery shows it.</summary>
/// <param name="Group">The group.</param>
/// <param name="Version">The version.</param>
/// <param name="Name">The plural name.</param>
/// <param name="Kind">The kind of its objects.</param>
/// <param name="Namespaced">Whether it lives in namespaces.</param>
/// <param name="Verbs">What can be done with it, in order.</param>
internal sealed record DiscoveryResource(string Group, string Version, string Name, KindInfo Kind, bool Namespaced, IReadOnlyList<string> Verbs)
{
    private static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly string[] StatusVerbs = ["get", "patch", "update"];

    /// <summary>Its subresources.</summary>
    public IReadOnlyList<DiscoverySubresource> Subresources { get; init; } = [];

    /// <summary>A stored resource.</summary>
    public static DiscoveryResource Of(IResourceRegistry registry)
    {
        var info = registry.Info;
        string[] verbs = registry.Traits.DeletesCollections ? AllVerbs : [.. AllVerbs.Where(verb => verb != "deletecollection")];
        return new DiscoveryResource(info.Group, info.Version, info.Plural, info, info.Namespaced, verbs)
        {
            Subresources = registry.Traits.HasStatus ? [new DiscoverySubresource("status", info, StatusVerbs)] : [],
        };
    }

    /// <summary>A resource that is not stored.</summary>
    public static DiscoveryResource Of(IApiEndpoint endpoint) =>
        new(endpoint.Group, endpoint.Version, endpoint.Resource, endpoint.Body, endpoint.Namespaced, endpoint.Verbs);

    /// <summary>The resource and its subresources as legacy discovery lists them.</summary>
    public IEnumerable<APIResource> ToResources()
    {
        yield return new APIResource
        {
            Name = Name, SingularName = Kind.Singular, Namespaced = Namespaced, Kind = Kind.Kind, Verbs = Verbs,
            ShortNames = Kind.ShortNames, Categories = Kind.Categories,
        };
        foreach (var subresource in Subresources.OrderBy(subresource => subresource.Name, StringComparer.Ordinal))
        {
            var isForeign = (subresource.Kind.Group, subresource.Kind.Version) != (Group, Version);
            yield return new APIResource
            {
                Name = $"{Name}/{subresource.Name}", SingularName = "", Namespaced = Namespaced, Kind = subresource.Kind.Kind, Verbs = subresource.Verbs,
                Group = isForeign ? subresource.Kind.Group : null, Version = isForeign ? subresource.Kind.Version : null,
            };
        }
    }
}

/// <summary>A subresource as discovery shows it.</summary>
internal sealed record DiscoverySubresource(string Name, KindInfo Kind, IReadOnlyList<string> Verbs);
