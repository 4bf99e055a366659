using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Client.Rest;

/// <summary>
/// The API over HTTP, typed. Every member throws <see cref="ApiException"/> with the server's <see cref="Status"/> when the
/// server refuses, and <see cref="HttpRequestException"/> when it cannot be reached.
/// </summary>
public interface IApiClient
{
    /// <summary>Reads one object. <paramref name="namespace"/> is null for cluster-scoped kinds.</summary>
    Task<T> GetAsync<T>(string? @namespace, string name, CancellationToken cancellationToken = default) where T : class, IResource<T>;

    /// <summary>Reads one page, or all where <see cref="ListQuery.Limit"/> is 0. <paramref name="namespace"/> null reads all namespaces.</summary>
    Task<KubeList<T>> ListAsync<T>(string? @namespace, ListQuery? query = null, CancellationToken cancellationToken = default) where T : class, IResource<T>;

    /// <summary>Creates the object in the namespace that its metadata names.</summary>
    Task<T> CreateAsync<T>(T value, CancellationToken cancellationToken = default) where T : class, IResource<T>;

    /// <summary>Replaces the object, or its <paramref name="subresource"/> (such as <c>status</c>). A resourceVersion in it is a condition.</summary>
    Task<T> UpdateAsync<T>(T value, string? subresource = null, CancellationToken cancellationToken = default) where T : class, IResource<T>;

    /// <summary>Changes the object, or a subresource, by a patch.</summary>
    Task<T> PatchAsync<T>(string? @namespace, string name, Patch patch, string? subresource = null, CancellationToken cancellationToken = default) where T : class, IResource<T>;

    /// <summary>Deletes the object, or begins its graceful deletion.</summary>
    Task DeleteAsync<T>(string? @namespace, string name, DeleteOptions? options = null, CancellationToken cancellationToken = default) where T : class, IResource<T>;

    /// <summary>Posts a body to a subresource, such as a <c>Binding</c> to <c>pods/NAME/binding</c>.</summary>
    Task CreateSubresourceAsync<T, TBody>(string? @namespace, string name, string subresource, TBody body, CancellationToken cancellationToken = default) where T : class, IResource<T>;

    /// <summary>
    /// The changes after <see cref="ListQuery.ResourceVersion"/>, until the server ends the watch (the enumeration then ends) or
    /// refuses it (an <see cref="ApiException"/>; <see cref="ApiException.IsGone"/> asks for a new list).
    /// </summary>
    IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(string? @namespace, ListQuery query, CancellationToken cancellationToken = default) where T : class, IResource<T>;
}

/// <summary>What to list or watch.</summary>
public sealed record ListQuery
{
    /// <summary>Such as <c>app=web,tier!=cache</c>.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Such as <c>spec.nodeName=n1</c>.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Most items of a page; 0 for all.</summary>
    public int Limit { get; init; }

    /// <summary>Where the next page begins, from the page before.</summary>
    public string? Continue { get; init; }

    /// <summary>For a list the version that the answer must at least have; for a watch the version after which to begin.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>How long the server keeps a watch open; null leaves it to the server.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>One change seen by a watch.</summary>
/// <param name="Type">One of <see cref="WatchEventTypes"/>, but never ERROR, which is thrown.</param>
/// <param name="Object">The object; for a bookmark only its resourceVersion counts.</param>
public sealed record WatchEvent<T>(string Type, T Object) where T : class, IResource<T>
{
    /// <summary>When it arrived, by this side's clock; the default value where the client does not say.</summary>
    public DateTimeOffset Received { get; init; }
}

/// <summary>A change of an object by parts.</summary>
/// <param name="MediaType">One of the constants of <see cref="PatchTypes"/>.</param>
/// <param name="Body">The patch as UTF-8 JSON.</param>
public sealed record Patch(string MediaType, ReadOnlyMemory<byte> Body);

/// <summary>Media types of patches.</summary>
public static class PatchTypes
{
    /// <summary>RFC 6902.</summary>
    public const string Json = "application/json-patch+json";

    /// <summary>RFC 7396.</summary>
    public const string Merge = "application/merge-patch+json";

    /// <summary>Kubernetes' merge that knows merge keys.</summary>
    public const string StrategicMerge = "application/strategic-merge-patch+json";

    /// <summary>Server-side apply.</summary>
    public const string Apply = "application/apply-patch+yaml";
}
