using System.Runtime.CompilerServices;
using System.Text.Json;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Client.Config;

namespace MiniK8s.Client.Rest;

/// <summary>The API over HTTP.</summary>
public sealed class ApiClient : IApiClient, IDisposable
{
    private readonly TimeProvider _clock;

    /// <summary>Connects nothing yet; the first request does.</summary>
    public ApiClient(ClientConfig config, TimeProvider? clock = null) => (Raw, _clock) = (new RawApiClient(config, clock), clock ?? TimeProvider.System);

    /// <summary>The same connections, for requests that have no type.</summary>
    public RawApiClient Raw { get; }

    /// <inheritdoc/>
    public Task<T> GetAsync<T>(string? @namespace, string name, CancellationToken cancellationToken = default)
        where T : class, IResource<T> =>
        SendAsync<T>(HttpMethod.Get, Path<T>(@namespace, name), null, null, cancellationToken);

    /// <inheritdoc/>
    public async Task<KubeList<T>> ListAsync<T>(string? @namespace, ListQuery? query = null, CancellationToken cancellationToken = default)
        where T : class, IResource<T>
    {
        var path = Path<T>(@namespace) + QueryText.OfList(query);
        try
        {
            return await Raw.ReadAsync(path, static (body, cancellation) => JsonSerializer.DeserializeAsync(body, T.ListJson, cancellation), cancellationToken)
                ?? throw new HttpRequestException($"GET {path}: the answer is null, not a list");
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"GET {path}: the answer is no list of {T.Info.Plural}: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public Task<T> CreateAsync<T>(T value, CancellationToken cancellationToken = default)
        where T : class, IResource<T> =>
        SendAsync<T>(HttpMethod.Post, Path<T>(NamespaceOf(value)), ApiSerializer.Serialize(value), null, cancellationToken);

    /// <inheritdoc/>
    public Task<T> UpdateAsync<T>(T value, string? subresource = null, CancellationToken cancellationToken = default)
        where T : class, IResource<T> =>
        SendAsync<T>(HttpMethod.Put, Path<T>(NamespaceOf(value), NameOf(value), subresource), ApiSerializer.Serialize(value), null, cancellationToken);

    /// <inheritdoc/>
    public Task<T> PatchAsync<T>(string? @namespace, string name, Patch patch, string? subresource = null, CancellationToken cancellationToken = default)
        where T : class, IResource<T>
    {
        ArgumentNullException.ThrowIfNull(patch);
        return SendAsync<T>(HttpMethod.Patch, Path<T>(@namespace, name, subresource), patch.Body, patch.MediaType, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DeleteAsync<T>(string? @namespace, string name, DeleteOptions? options = null, CancellationToken cancellationToken = default)
        where T : class, IResource<T>
    {
        ReadOnlyMemory<byte>? body = options is null ? null : ApiSerializer.Serialize(options);
        var response = await Raw.SendAsync(HttpMethod.Delete, Path<T>(@namespace, name), body, cancellationToken: cancellationToken);
        response.EnsureSuccess();
    }

    /// <inheritdoc/>
    public async Task CreateSubresourceAsync<T, TBody>(
        string? @namespace,
        string name,
        string subresource,
        TBody body,
        CancellationToken cancellationToken = default)
        where T : class, IResource<T>
    {
        var path = Path<T>(@namespace, name, subresource);
        var response = await Raw.SendAsync(HttpMethod.Post, path, ApiSerializer.Serialize(body), cancellationToken: cancellationToken);
        response.EnsureSuccess();
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        string? @namespace,
        ListQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class, IResource<T>
    {
        ArgumentNullException.ThrowIfNull(query);
        var path = Path<T>(@namespace) + QueryText.OfWatch(query);
        await using var stream = await Raw.OpenWatchAsync(path, cancellationToken);
        await foreach (var change in WatchLines.ReadAsync<T>(stream.Body, _clock, cancellationToken))
        {
            yield return change;
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => Raw.Dispose();

    private async Task<T> SendAsync<T>(
        HttpMethod method,
        string path,
        ReadOnlyMemory<byte>? body,
        string? mediaType,
        CancellationToken cancellationToken)
        where T : class, IResource<T>
    {
        var response = await Raw.SendAsync(method, path, body, mediaType, cancellationToken: cancellationToken);
        try
        {
            return ApiSerializer.Read<T>(response.EnsureSuccess().Body.Span);
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"{method} {path}: the answer is no {T.Info.Kind}: {e.Message}", e);
        }
    }

    // Names reach the path only escaped: a name with a slash or dots in it must not become another path.
    private static string Path<T>(string? @namespace, string? name = null, string? subresource = null) where T : class, IResource<T> =>
        T.Info.Path(Escape(@namespace), Escape(name), subresource);

    private static string? Escape(string? part) => part switch
    {
        null or "" => null,
        "." or ".." => throw new ArgumentException($"'{part}' is no name: use lower-case letters, digits, '-' and '.'", nameof(part)),
        _ => Uri.EscapeDataString(part),
    };

    private static string? NamespaceOf<T>(T value) where T : class, IResource<T> =>
        T.Info.Namespaced && string.IsNullOrEmpty(value.Metadata.Namespace)
            ? throw new ArgumentException($"metadata.namespace: a {T.Info.Kind} needs one", nameof(value))
            : value.Metadata.Namespace;

    private static string NameOf<T>(T value) where T : class, IResource<T> =>
        value.Metadata.Name is { Length: > 0 } name ? name : throw new ArgumentException($"metadata.name: the {T.Info.Kind} has none", nameof(value));
}
