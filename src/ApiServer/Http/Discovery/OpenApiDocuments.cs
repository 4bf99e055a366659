using MiniK8s.Api.OpenApi;
using MiniK8s.ApiServer.Http.Endpoints;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Discovery;

/// <summary>The OpenAPI v3 documents of one table of resources, one for each group and version, and their index. Built at the first request.</summary>
internal sealed class OpenApiDocuments
{
    private readonly Dictionary<string, byte[]> documents;

    private OpenApiDocuments(ResourceTable table, Dictionary<string, byte[]> documents)
    {
        (Table, this.documents) = (table, documents);
        Index = OpenApiDocument.BuildIndex(documents);
    }

    /// <summary>The table that they describe.</summary>
    public ResourceTable Table { get; }

    /// <summary>Where each document is.</summary>
    public ReadOnlyMemory<byte> Index { get; }

    /// <summary>The documents of a table.</summary>
    public static OpenApiDocuments Of(ResourceTable table) => new(table, table.Stored
        .GroupBy(registry => registry.Info.RootPath[1..])
        .ToDictionary(group => group.Key, group => OpenApiDocument.Build(VersionDocument.GitVersion, group.Select(registry => Resource(table, registry)))));

    /// <summary>The document at <c>api/v1</c> or <c>apis/GROUP/VERSION</c>, or null.</summary>
    public byte[]? Find(string path) => documents.GetValueOrDefault(path);

    private static OpenApiResource Resource(ResourceTable table, IResourceRegistry registry)
    {
        var info = registry.Info;
        var own = registry.Traits.HasStatus ? [OpenApiSubresource.Status(registry.Kind)] : Array.Empty<OpenApiSubresource>();
        var other = table.Endpoints
            .Where(endpoint => endpoint.Subresource.Length > 0 && (endpoint.Group, endpoint.Version, endpoint.Resource) == (info.Group, info.Version, info.Plural))
            .Where(endpoint => endpoint.BodySchema is not null)
            .Select(endpoint => new OpenApiSubresource(endpoint.Subresource, endpoint.Body, endpoint.BodySchema!) { Verbs = endpoint.Verbs });
        return new OpenApiResource(registry.Kind) { Verbs = DiscoveryResource.Of(registry).Verbs, Subresources = [.. own, .. other] };
    }
}
