using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Benchmarks.Cluster;

/// <summary>Requests of an admin over TLS and kept connections, with bodies that are ready: what is measured is the server.</summary>
internal sealed class AdminHttp : IDisposable
{
    private readonly HttpClient http;

    private AdminHttp(HttpClient http) => this.http = http;

    /// <summary>A client of a server on loopback, once it is ready.</summary>
    /// <param name="dataDirectory">The server's, where the token is issued.</param>
    /// <param name="port">Its secure port.</param>
    /// <param name="inside">The network namespace of the server; null for this process's own.</param>
    public static async Task<AdminHttp> ConnectAsync(string dataDirectory, int port, NetworkNamespace? inside = null)
    {
        var token = (await Command.RunAsync(Programs.MiniK8s("token", "--data-dir", dataDirectory))).Trim();
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            ConnectCallback = (context, cancellationToken) => DialAsync(inside, context.DnsEndPoint.Port, cancellationToken),
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
        };
        var client = new AdminHttp(new HttpClient(handler)
        {
            BaseAddress = new Uri($"https://127.0.0.1:{port}"), DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        });
        client.http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await Eventually.TrueAsync(client.IsReadyAsync, "the API server is ready", TimeSpan.FromSeconds(60));
        return client;
    }

    /// <summary>Creates an object and returns the answer.</summary>
    public async Task<string> CreateAsync(string path, byte[] json)
    {
        using var body = new ByteArrayContent(json);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"POST {path}: {(int)answer.StatusCode} {text}");
    }

    /// <summary>Replaces an object; returns with the server's acknowledgement.</summary>
    public async Task ReplaceAsync(string path, byte[] json)
    {
        using var body = new ByteArrayContent(json);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await http.PutAsync(new Uri(path, UriKind.Relative), body);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"PUT {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Reads an object.</summary>
    public Task<string> GetAsync(string path) => http.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>Deletes an object.</summary>
    public async Task DeleteAsync(string path) => (await http.DeleteAsync(new Uri(path, UriKind.Relative))).Dispose();

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<bool> IsReadyAsync()
    {
        using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    private static async ValueTask<Stream> DialAsync(NetworkNamespace? inside, int port, CancellationToken cancellationToken)
    {
        var socket = inside?.CreateSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) ?? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
