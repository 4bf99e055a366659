using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Schemas;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Http;

namespace MiniK8s.ApiServer.Registry;

/// <summary>
/// One stored resource as the HTTP side sees it: bytes in, bytes out. Behind it stands a type, or, for kinds that are made at run
/// time, only a schema. Every member throws <see cref="ApiException"/> for what a client is to be told.
/// </summary>
internal interface IResourceRegistry
{
    /// <summary>The names of the kind.</summary>
    KindInfo Info { get; }

    /// <summary>The kind with the form of its objects.</summary>
    ApiKind Kind { get; }

    /// <summary>The form of its objects.</summary>
    Schema Schema => Kind.Schema;

    /// <summary>What clients may do with it.</summary>
    ResourceTraits Traits { get; }

    /// <summary>Reads at the freshness that a request asks for.</summary>
    CacheReader Reader { get; }

    /// <summary>Makes the rows of Tables.</summary>
    ITableRows Rows { get; }

    /// <summary>The key of the object that a request names.</summary>
    ObjectKey KeyOf(RequestInfo request) => new(Info.Namespaced ? request.Namespace : "", request.Name);

    /// <summary>Creates an object.</summary>
    /// <param name="namespace">The namespace; empty for cluster-scoped kinds.</param>
    /// <param name="body">The object.</param>
    /// <param name="options">How to write it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<WriteOutcome> CreateAsync(string @namespace, ParsedBody body, WriteOptions options, CancellationToken cancellationToken);

    /// <summary>Replaces an object, or its status.</summary>
    Task<WriteOutcome> UpdateAsync(ObjectKey key, bool status, ParsedBody body, WriteOptions options, CancellationToken cancellationToken);

    /// <summary>Changes an object, or its status, by what <paramref name="patch"/> makes of its JSON.</summary>
    Task<WriteOutcome> PatchAsync(ObjectKey key, bool status, IObjectPatch patch, WriteOptions options, CancellationToken cancellationToken);

    /// <summary>Deletes an object.</summary>
    Task<WriteOutcome> DeleteAsync(ObjectKey key, DeleteOptions options, bool dryRun, CancellationToken cancellationToken);
}

/// <summary>What clients may do with a resource beyond the usual.</summary>
/// <param name="HasStatus">There is a status subresource.</param>
/// <param name="DeletesCollections">A collection may be deleted by one request.</param>
/// <param name="SelectableFields">Fields for field selectors, beside name and namespace.</param>
internal sealed record ResourceTraits(bool HasStatus, bool DeletesCollections, IReadOnlyCollection<string> SelectableFields);

/// <summary>A patch that a client sent, ready to be applied to whatever the object is.</summary>
internal interface IObjectPatch
{
    /// <summary>The patched object.</summary>
    /// <exception cref="ApiException">The patch does not fit the object.</exception>
    ParsedBody Apply(ReadOnlyMemory<byte> json);
}

/// <summary>Tables of a kind.</summary>
internal interface ITableRows
{
    /// <summary>The columns, as <c>columnDefinitions</c>.</summary>
    IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The cells of an object; only the name, where it does not decode.</summary>
    IReadOnlyList<object> Cells(CachedObject value, DateTimeOffset now);
}

/// <summary>A column of a Table.</summary>
internal sealed record TableColumn(string Name, string Type, string Format, string Description, int Priority);
