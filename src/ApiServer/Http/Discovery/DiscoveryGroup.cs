using MiniK8s.Api.Meta.V1;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Discovery;

/// <summary>A group of the API with its versions.</summary>
/// <param name="Name">The name; empty for the core group.</param>
/// <param name="Versions">The versions, the preferred one first.</param>
internal sealed record DiscoveryGroup(string Name, IReadOnlyList<DiscoveryVersion> Versions)
{
    /// <summary>The groups of a table, in the order in which its kinds are registered.</summary>
    public static IReadOnlyList<DiscoveryGroup> AllOf(ResourceTable table)
    {
        var resources = table.Stored.Select(DiscoveryResource.Of).Concat(table.Endpoints.Where(endpoint => endpoint.Subresource.Length == 0).Select(DiscoveryResource.Of))
            .Select(resource => resource with { Subresources = [.. resource.Subresources, .. Subresources(table, resource)] });
        return
        [
            .. resources.GroupBy(resource => resource.Group).Select(group => new DiscoveryGroup(group.Key,
            [
                .. group.GroupBy(resource => resource.Version).Select(version => new DiscoveryVersion(
                    group.Key, version.Key, [.. version.OrderBy(resource => resource.Name, StringComparer.Ordinal)])),
            ])),
        ];
    }

    /// <summary>The group as legacy discovery shows it.</summary>
    public APIGroup ToGroup()
    {
        var versions = Versions.Select(version => new GroupVersionForDiscovery { GroupVersion = version.GroupVersion, Version = version.Version }).ToList();
        return new APIGroup { Name = Name, Versions = versions, PreferredVersion = versions[0] };
    }

    private static IEnumerable<DiscoverySubresource> Subresources(ResourceTable table, DiscoveryResource resource) => table.Endpoints
        .Where(endpoint => endpoint.Subresource.Length > 0 && (endpoint.Group, endpoint.Version, endpoint.Resource) == (resource.Group, resource.Version, resource.Name))
        .Select(endpoint => new DiscoverySubresource(endpoint.Subresource, endpoint.Body, [.. endpoint.Verbs.Order(StringComparer.Ordinal)]));
}
