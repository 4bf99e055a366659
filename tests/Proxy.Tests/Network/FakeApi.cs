using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>
/// As much of an API server as a proxy reads: lists and watches of what a test puts into it. It runs in the test's process and
/// listens on the loopback of a network namespace. Of selectors it knows those by name and by the label of a slice's Service.
/// </summary>
internal sealed class FakeApi : IAsyncDisposable
{
    private static readonly KindInfo[] Kinds = [Service.Info, EndpointSlice.Info, Node.Info];
    private readonly Lock gate = new();
    private readonly Dictionary<(string Plural, ObjectKey Key), byte[]> objects = [];
    private readonly List<(string Plural, long Revision, byte[] Line)> log = [];
    private readonly List<Channel<bool>> watchers = [];
    private readonly NetworkNamespace? inside;
    private CancellationTokenSource away = new();
    private WebApplication? server;
    private Socket? listener;
    private int port;
    private long revision = 1;

    private FakeApi(NetworkNamespace? inside) => this.inside = inside;

    /// <summary>Where it listens, seen from inside the namespace.</summary>
    public string Address => $"http://127.0.0.1:{port}";

    /// <param name="inside">The namespace; null for the one that the tests run in.</param>
    public static async Task<FakeApi> StartAsync(NetworkNamespace? inside = null)
    {
        var api = new FakeApi(inside);
        await api.ComeBackAsync();
        return api;
    }

    /// <summary>Ends all watches and refuses connections, as an API server that has stopped; what it knows, it keeps.</summary>
    public async Task GoAwayAsync()
    {
        if (server is null) return;
        await away.CancelAsync();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await server.StopAsync(atOnce.Token);
        await server.DisposeAsync();
        listener!.Dispose();
        server = null;
    }

    /// <summary>Listens, after <see cref="GoAwayAsync"/> on the same port.</summary>
    public async Task ComeBackAsync()
    {
        away.Dispose();
        away = new CancellationTokenSource();
        listener = inside?.CreateSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) ?? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen();
        port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenHandle((ulong)listener.Handle));
        server = builder.Build();
        server.Run(ServeAsync);
        await server.StartAsync();
    }

    /// <summary>A kubeconfig that leads here.</summary>
    public string Kubeconfig => $$"""
        apiVersion: v1
        kind: Config
        clusters: [{name: fake, cluster: { server: "{{Address}}" } }]
        users: [{name: proxy, user: { token: none } }]
        contexts: [{name: fake, context: { cluster: fake, user: proxy } }]
        current-context: fake
        """;

    /// <summary>Creates or replaces an object.</summary>
    public void Put<T>(T value) where T : class, IResource<T>
    {
        lock (gate)
        {
            var key = (T.Info.Plural, ObjectKey.Of(value));
            var type = objects.ContainsKey(key) ? "MODIFIED" : "ADDED";
            revision++;
            objects[key] = ApiSerializer.Serialize(value.WithMetadata(value.Metadata with { ResourceVersion = $"{revision}", Uid = $"{key}" }));
            Record(T.Info.Plural, type, objects[key]);
        }
    }

    /// <summary>Deletes an object of the tests' namespace.</summary>
    public void Delete<T>(string name) where T : class, IResource<T>
    {
        lock (gate)
        {
            if (!objects.Remove((T.Info.Plural, new ObjectKey("shop", name)), out var last)) return;
            revision++;
            var value = ApiSerializer.Deserialize<T>(last);
            Record(T.Info.Plural, "DELETED", ApiSerializer.Serialize(value.WithMetadata(value.Metadata with { ResourceVersion = $"{revision}" })));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await GoAwayAsync();
        away.Dispose();
    }

    // Caller holds the gate.
    private void Record(string plural, string type, byte[] json)
    {
        log.Add((plural, revision, [.. Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","object":"""), .. json, .. "}\n"u8]));
        foreach (var watcher in watchers) watcher.Writer.TryWrite(true);
    }

    private async Task ServeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.Split('/');
        var plural = path[^1];
        http.Response.ContentType = "application/json";
        if (Kinds.Any(kind => kind.Plural == path[^2])) await http.Response.Body.WriteAsync(Get(path[^2], plural));
        else if (http.Request.Query["watch"] == "true" || http.Request.Query["watch"] == "1") await WatchAsync(http, plural);
        else await http.Response.Body.WriteAsync(List(plural, Filter(http.Request)));
    }

    private byte[] Get(string plural, string name)
    {
        lock (gate) return objects.First(item => item.Key.Plural == plural && item.Key.Key.Name == name).Value;
    }

    private byte[] List(string plural, Func<ObjectKey, byte[], bool> isWanted)
    {
        lock (gate)
        {
            var items = objects.Where(item => item.Key.Plural == plural && isWanted(item.Key.Key, item.Value)).Select(item => Encoding.UTF8.GetString(item.Value));
            var kind = Kinds.FirstOrDefault(known => known.Plural == plural);
            return Encoding.UTF8.GetBytes($$$"""{"kind":"{{{kind?.Kind}}}List","apiVersion":"{{{kind?.GroupVersion ?? "v1"}}}","metadata":{"resourceVersion":"{{{revision}}}"},"items":[{{{string.Join(',', items)}}}]}""");
        }
    }

    private static Func<ObjectKey, byte[], bool> Filter(HttpRequest request)
    {
        var path = request.Path.Value!.Split('/');
        var space = Array.IndexOf(path, "namespaces") is var at and > 0 ? path[at + 1] : null;
        var name = Value(request.Query["fieldSelector"], "metadata.name=");
        var owner = Value(request.Query["labelSelector"], "kubernetes.io/service-name=");
        return (key, json) => (space ?? key.Namespace) == key.Namespace && (name ?? key.Name) == key.Name
            && (owner is null || Encoding.UTF8.GetString(json).Contains($"\"kubernetes.io/service-name\":\"{owner}\"", StringComparison.Ordinal));
    }

    private static string? Value(string? selector, string beginning) =>
        selector?.StartsWith(beginning, StringComparison.Ordinal) == true ? selector[beginning.Length..] : null;

    private async Task WatchAsync(HttpContext http, string plural)
    {
        var seen = long.Parse(http.Request.Query["resourceVersion"].ToString());
        var next = 0;
        var wake = Channel.CreateBounded<bool>(1);
        lock (gate) watchers.Add(wake);
        wake.Writer.TryWrite(true);
        await http.Response.StartAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, away.Token);
        try
        {
            await foreach (var _ in wake.Reader.ReadAllAsync(end.Token))
            {
                var news = new List<byte[]>();
                lock (gate)
                {
                    for (; next < log.Count; next++)
                    {
                        if (log[next].Plural == plural && log[next].Revision > seen) news.Add(log[next].Line);
                    }
                }
                foreach (var line in news) await http.Response.Body.WriteAsync(line, end.Token);
                await http.Response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The client left, or the server went away.
        }
        finally
        {
            lock (gate) watchers.Remove(wake);
        }
    }
}
