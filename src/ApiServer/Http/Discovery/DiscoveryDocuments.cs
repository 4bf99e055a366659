using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Discovery;

/// <summary>The discovery documents of one table of resources, by path, ready to be sent. Built once for each table.</summary>
internal sealed class DiscoveryDocuments
{
    private readonly Dictionary<string, byte[]> legacy = [];
    private readonly Dictionary<(string Path, string Version), byte[]> aggregated = [];

    private DiscoveryDocuments(ResourceTable table) => Table = table;

    /// <summary>The table that they describe.</summary>
    public ResourceTable Table { get; }

    /// <summary>The documents of a table.</summary>
    public static DiscoveryDocuments Of(ResourceTable table)
    {
        var documents = new DiscoveryDocuments(table);
        var groups = DiscoveryGroup.AllOf(table);
        var core = groups.Where(group => group.Name.Length == 0).ToList();
        var named = groups.Where(group => group.Name.Length > 0).ToList();
        documents.legacy["/api"] = ApiSerializer.Serialize(new APIVersions
        {
            Kind = "APIVersions",
            Versions = [.. core.SelectMany(group => group.Versions).Select(version => version.Version)],
            ServerAddressByClientCIDRs = [],
        });
        documents.legacy["/apis"] = ApiSerializer.Serialize(new APIGroupList { Groups = [.. named.Select(group => group.ToGroup() with { Kind = null, ApiVersion = null })] });
        foreach (var group in named) documents.legacy[$"/apis/{group.Name}"] = ApiSerializer.Serialize(group.ToGroup());
        foreach (var version in groups.SelectMany(group => group.Versions)) documents.legacy[version.Path] = ApiSerializer.Serialize(version.ToList());
        foreach (var version in AggregatedDiscovery.Versions)
        {
            documents.aggregated[("/api", version)] = AggregatedDiscovery.Write(core, version);
            documents.aggregated[("/apis", version)] = AggregatedDiscovery.Write(named, version);
        }

        return documents;
    }

    /// <summary>The document at a path, or null.</summary>
    public ReadOnlyMemory<byte>? Find(string path) => legacy.TryGetValue(path, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?);

    /// <summary>The aggregated document at a path in a version of apidiscovery.k8s.io, or null.</summary>
    public ReadOnlyMemory<byte>? FindAggregated(string path, string version) => aggregated.TryGetValue((path, version), out var bytes) ? bytes : default(ReadOnlyMemory<byte>?);
}
