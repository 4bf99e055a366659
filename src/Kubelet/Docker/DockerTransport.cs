using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MiniK8s.Kubelet.Docker.Wire;

namespace MiniK8s.Kubelet.Docker;

/// <summary>HTTP to one engine, over a Unix socket or TCP: sends requests, reads answers, turns refusals into exceptions.</summary>
internal sealed class DockerTransport : IDisposable
{
    /// <summary>The API that this client is written for; an engine that has given it up is spoken to in its oldest.</summary>
    private static readonly Version Written = new(1, 41);

    private readonly Uri _address;
    private readonly DockerClientOptions _options;
    private readonly HttpClient _client;
    private volatile string? _apiVersion;

    internal DockerTransport(Uri address, DockerClientOptions options)
    {
        if (address.Scheme is not ("unix" or "tcp"))
        {
            throw new ArgumentException($"the Docker address {address} must begin with unix:// or tcp://", nameof(address));
        }

        _address = address;
        _options = options;
        _client = new HttpClient(Handler(connected: null)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Sends a request whose answer's body does not matter. Statuses in <paramref name="accepted"/> count as success.</summary>
    internal async Task SendAsync(DockerRequest request, CancellationToken cancellationToken, params HttpStatusCode[] accepted) =>
        await GuardAsync(
            async token =>
            {
                using var response = await SendAsync(_client, request, HttpCompletionOption.ResponseContentRead, token, accepted);
                return true;
            },
            _options.RequestTimeout,
            cancellationToken);

    /// <summary>Sends a request and decodes the answer.</summary>
    internal Task<T> ReadAsync<T>(
        DockerRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken, TimeSpan? timeout = null) =>
        GuardAsync(
            async token =>
            {
                using var response = await SendAsync(_client, request, HttpCompletionOption.ResponseContentRead, token);
                await using var body = await response.Content.ReadAsStreamAsync(token);
                return await JsonSerializer.DeserializeAsync(body, type, token)
                    ?? throw new DockerApiException(response.StatusCode, $"the engine answered {request.Target} with nothing");
            },
            timeout ?? _options.RequestTimeout,
            cancellationToken);

    /// <summary>As <see cref="ReadAsync"/>; null when there is no such thing.</summary>
    internal async Task<T?> FindAsync<T>(DockerRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await ReadAsync(request, type, cancellationToken);
        }
        catch (DockerApiException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Sends a request whose answer goes on for as long as the engine likes; the caller disposes it.</summary>
    internal Task<HttpResponseMessage> OpenAsync(
        DockerRequest request, CancellationToken cancellationToken, params HttpStatusCode[] accepted) =>
        GuardAsync(
            token => SendAsync(_client, request, HttpCompletionOption.ResponseHeadersRead, token, accepted),
            Timeout.InfiniteTimeSpan,
            cancellationToken);

    /// <summary>Sends a request that turns its connection into a pipe of bytes in both directions.</summary>
    internal Task<HijackedConnection> HijackAsync(DockerRequest request, CancellationToken cancellationToken) =>
        GuardAsync(
            async token =>
            {
                Socket? socket = null;

                // A client of its own: this connection never goes back to a pool, and its socket must be known for the half-close.
                var client = new HttpClient(Handler(connected => socket = connected)) { Timeout = Timeout.InfiniteTimeSpan };
                try
                {
                    var message = request.ToMessage(await ApiVersionAsync(token));
                    message.Headers.Connection.Add("Upgrade");
                    message.Headers.Upgrade.Add(new("tcp"));
                    var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token);
                    if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
                    {
                        throw await RefusalAsync(response, token);
                    }

                    return new HijackedConnection(client, response, await response.Content.ReadAsStreamAsync(token), socket!);
                }
                catch
                {
                    client.Dispose();
                    throw;
                }
            },
            _options.RequestTimeout,
            cancellationToken);

    /// <summary>Runs an exchange; what the network or a deadline does to it becomes <see cref="DockerUnavailableException"/>.</summary>
    internal async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> exchange, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await exchange(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DockerUnavailableException(_address, $"no answer within {timeout}", exception);
        }
        catch (Exception exception) when (Unavailable(exception) is { } unavailable)
        {
            throw unavailable;
        }
    }

    /// <summary>The next element of a streamed answer; an engine that goes away becomes <see cref="DockerUnavailableException"/>.</summary>
    internal async ValueTask<bool> MoveNextAsync<T>(IAsyncEnumerator<T> answer)
    {
        try
        {
            return await answer.MoveNextAsync();
        }
        catch (Exception exception) when (Unavailable(exception) is { } unavailable)
        {
            throw unavailable;
        }
    }

    /// <summary>The exception to throw for a failure of the connection, or null when the failure is of another kind.</summary>
    internal DockerUnavailableException? Unavailable(Exception exception) => exception is HttpRequestException or IOException or SocketException or JsonException
        ? new DockerUnavailableException(_address, (exception.InnerException ?? exception).Message, exception)
        : null;

    private async Task<HttpResponseMessage> SendAsync(
        HttpClient client, DockerRequest request, HttpCompletionOption completion, CancellationToken cancellationToken, params HttpStatusCode[] accepted)
    {
        using var message = request.ToMessage(await ApiVersionAsync(cancellationToken));
        var response = await client.SendAsync(message, completion, cancellationToken);
        if (response.IsSuccessStatusCode || accepted.Contains(response.StatusCode))
        {
            return response;
        }

        using (response)
        {
            throw await RefusalAsync(response, cancellationToken);
        }
    }

    private async ValueTask<string> ApiVersionAsync(CancellationToken cancellationToken)
    {
        if (_apiVersion is { } known)
        {
            return known;
        }

        // Without a version in the path every engine answers.
        using var response = await _client.GetAsync(new Uri("http://docker/version"), cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusalAsync(response, cancellationToken);
        }

        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var oldest = JsonSerializer.Deserialize(bytes, DockerJson.Default.VersionBody)?.MinAPIVersion;
        var chosen = Version.TryParse(oldest, out var version) && version > Written ? version : Written;
        return _apiVersion = chosen.ToString();
    }

    private static async Task<DockerApiException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            text = JsonSerializer.Deserialize(text, DockerJson.Default.ErrorBody)?.Message ?? text;
        }
        catch (JsonException)
        {
            // Some refusals are plain text, and serve as they are.
        }

        return new DockerApiException(response.StatusCode, text.Trim() is { Length: > 0 } said ? said : $"HTTP {(int)response.StatusCode}");
    }

    private SocketsHttpHandler Handler(Action<Socket>? connected) => new()
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = await ConnectAsync(cancellationToken);
            connected?.Invoke(socket);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var local = _address.Scheme == "unix";
        var socket = local
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            EndPoint end = local ? new UnixDomainSocketEndPoint(_address.LocalPath) : new DnsEndPoint(_address.Host, _address.Port);
            await socket.ConnectAsync(end, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
