using System.Net;
using System.Net.Http.Headers;
using MiniK8s.Client.Config;

namespace MiniK8s.Client.Rest;

/// <summary>
/// The API as bytes: for commands that handle any kind, and under <see cref="ApiClient"/>. Speaks HTTP/2 over TLS and HTTP/1.1
/// where the server has no more; repeats a request that the server asks to have repeated (429 or 5xx with Retry-After).
/// </summary>
public sealed class RawApiClient : IDisposable
{
    private const string Json = "application/json";

    private readonly HttpClient _http;
    private readonly BearerToken _token;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeout;
    private readonly Uri _server;
    private readonly Version _watchVersion;

    /// <summary>Connects nothing yet; the first request does.</summary>
    public RawApiClient(ClientConfig config, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        _clock = clock ?? TimeProvider.System;
        _token = new BearerToken(config.Token, config.TokenFile, _clock);
        _timeout = config.RequestTimeout;
        _server = config.Server;
        _watchVersion = config.WatchesApart ? HttpVersion.Version11 : HttpVersion.Version20;
        _http = new HttpClient(Connections.Create(config)) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(config.UserAgent);
    }

    /// <summary>Sends a request and reads the whole answer, whatever its code.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Path and query as they go out, from the first slash on, such as <c>/api/v1/pods?limit=5</c>.</param>
    /// <param name="body">What to send; null for nothing.</param>
    /// <param name="mediaType">What the body is; JSON when null.</param>
    /// <param name="accept">What the answer may be; JSON when null.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="HttpRequestException">The server cannot be reached, is not who it should be, or did not answer in time.</exception>
    public async Task<RawResponse> SendAsync(
        HttpMethod method,
        string path,
        ReadOnlyMemory<byte>? body = null,
        string? mediaType = null,
        string? accept = null,
        CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await SendPatientlyAsync(() => Request(method, path, body, mediaType, accept), either.Token);
            var bytes = await response.Content.ReadAsByteArrayAsync(either.Token);
            return new RawResponse(response.StatusCode, ResponseHeaders.Of(response), bytes);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{method} {Address(path)}: no answer within {_timeout.TotalSeconds:0} s", e);
        }
    }

    /// <summary>Reads an answer while it comes, so that it is never in memory as a whole: for lists, which may be long.</summary>
    /// <param name="path">As for <see cref="SendAsync"/>.</param>
    /// <param name="read">Reads the body to its end.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="HttpRequestException">As for <see cref="SendAsync"/>.</exception>
    /// <exception cref="Api.Errors.ApiException">The server refused.</exception>
    public async Task<T> ReadAsync<T>(string path, Func<Stream, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var limit = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using var answer = await OpenAsync(HttpMethod.Get, path, cancellationToken: either.Token);
            return await read(answer.Body, either.Token);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"GET {Address(path)}: no answer within {_timeout.TotalSeconds:0} s", e);
        }
        catch (IOException e)
        {
            throw new HttpRequestException($"GET {Address(path)}: the answer broke off: {e.Message}", e);
        }
    }

    /// <summary>Sends a request and answers as soon as the headers are there: for logs and other bodies that grow.</summary>
    /// <exception cref="HttpRequestException">As for <see cref="SendAsync"/>.</exception>
    /// <exception cref="Api.Errors.ApiException">The server refused.</exception>
    /// <inheritdoc cref="SendAsync"/>
    public Task<RawStream> OpenAsync(
        HttpMethod method,
        string path,
        ReadOnlyMemory<byte>? body = null,
        string? mediaType = null,
        string? accept = null,
        CancellationToken cancellationToken = default) =>
        OpenAsync(() => Request(method, path, body, mediaType, accept), cancellationToken);

    /// <summary>As <see cref="OpenAsync(HttpMethod, string, ReadOnlyMemory{byte}?, string?, string?, CancellationToken)"/>, for a watch, on the connection that is meant for it.</summary>
    /// <param name="path">As for <see cref="SendAsync"/>.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public Task<RawStream> OpenWatchAsync(string path, CancellationToken cancellationToken = default) =>
        OpenAsync(() => Request(HttpMethod.Get, path, null, null, null, _watchVersion), cancellationToken);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    private async Task<RawStream> OpenAsync(Func<HttpRequestMessage> build, CancellationToken cancellationToken)
    {
        var response = await SendPatientlyAsync(build, cancellationToken);
        try
        {
            if (response.IsSuccessStatusCode)
            {
                return new RawStream(response, await response.Content.ReadAsStreamAsync(cancellationToken));
            }

            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            throw new Api.Errors.ApiException(Refusal.Read((int)response.StatusCode, ResponseHeaders.Of(response), bytes));
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendPatientlyAsync(Func<HttpRequestMessage> build, CancellationToken cancellationToken)
    {
        for (var retries = 0; ; retries++)
        {
            using var request = build();
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (retries >= RetryAfter.MostRetries || RetryAfter.Delay(response) is not { } delay)
            {
                return response;
            }

            response.Dispose();
            await Task.Delay(delay, _clock, cancellationToken);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, ReadOnlyMemory<byte>? body, string? mediaType, string? accept, Version? version = null)
    {
        var request = new HttpRequestMessage(method, Address(path))
        {
            Version = version ?? HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation("Accept", accept ?? Json);
        if (_token.Current() is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is { } bytes)
        {
            request.Content = new ReadOnlyMemoryContent(bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType ?? Json);
        }

        return request;
    }

    private Uri Address(string path) => new(_server.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);
}
