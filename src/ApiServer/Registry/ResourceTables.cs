using System.Collections.Frozen;
using MiniK8s.Api.Declarations;
using MiniK8s.ApiServer.Http;

namespace MiniK8s.ApiServer.Registry;

/// <summary>The resources that are served. Immutable: requests work with the table that they began with.</summary>
internal sealed class ResourceTable
{
    private readonly FrozenDictionary<(string Group, string Version, string Plural), IResourceRegistry> registries;
    private readonly FrozenDictionary<(string Group, string Version, string Resource, string Subresource), IApiEndpoint> endpoints;

    /// <summary>A table of resources.</summary>
    public ResourceTable(IReadOnlyList<IResourceRegistry> stored, IReadOnlyList<IApiEndpoint> other)
    {
        Stored = stored;
        Endpoints = other;
        registries = stored.ToFrozenDictionary(registry => (registry.Info.Group, registry.Info.Version, registry.Info.Plural));
        endpoints = other.ToFrozenDictionary(endpoint => (endpoint.Group, endpoint.Version, endpoint.Resource, endpoint.Subresource));
    }

    /// <summary>The stored resources.</summary>
    public IReadOnlyList<IResourceRegistry> Stored { get; }

    /// <summary>Subresources, and resources that are not stored.</summary>
    public IReadOnlyList<IApiEndpoint> Endpoints { get; }

    /// <summary>The stored resource at a path, or null.</summary>
    public IResourceRegistry? Registry(string group, string version, string plural) => registries.GetValueOrDefault((group, version, plural));

    /// <summary>The subresource, or the resource that is not stored, at a path, or null.</summary>
    public IApiEndpoint? Endpoint(string group, string version, string resource, string subresource) =>
        endpoints.GetValueOrDefault((group, version, resource, subresource));

    /// <summary>The kind at a path, or null.</summary>
    public KindInfo? Kind(string group, string version, string plural) => Registry(group, version, plural)?.Info;
}

/// <summary>Holds the table of the moment. Kinds may come while the server runs; a change is one write of one reference.</summary>
internal sealed class ResourceTables
{
    private volatile ResourceTable current = new([], []);

    /// <summary>The table.</summary>
    public ResourceTable Current => current;

    /// <summary>Puts another table in its place.</summary>
    public void Replace(ResourceTable table) => current = table;
}
