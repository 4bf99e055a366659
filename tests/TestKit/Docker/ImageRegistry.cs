using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MiniK8s.TestKit.Network;

namespace MiniK8s.TestKit.Docker;

/// <summary>
/// An image registry on loopback inside a namespace, where engines take plain HTTP: it serves what a test pushed, and knows
/// as much of the distribution protocol (OCI Distribution Specification 1.0, pull) as a pull needs.
/// </summary>
public sealed class ImageRegistry : IAsyncDisposable
{
    private const int Port = 5000;
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new();
    private readonly ConcurrentDictionary<string, string> _tags = new();

    private ImageRegistry(WebApplication application) => _application = application;

    /// <summary>How references to its images begin: <c>127.0.0.1:5000</c>.</summary>
    public string Host => $"127.0.0.1:{Port}";

    /// <summary>When not null, pulls need this user and password, written <c>user:password</c>.</summary>
    public string? Credentials { get; set; }

    /// <summary>How many manifests it has handed out.</summary>
    public int Pulls { get; private set; }

    /// <summary>Starts an empty registry.</summary>
    public static async Task<ImageRegistry> StartAsync(NetworkNamespace inside, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port));
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = end =>
        {
            var socket = inside.CreateSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(end);
            return socket;
        });
        var registry = new ImageRegistry(builder.Build());
        registry._application.Run(registry.ServeAsync);
        await registry._application.StartAsync(cancellationToken);
        return registry;
    }

    /// <summary>Adds an image of one layer and returns its reference.</summary>
    /// <param name="name">Name and tag without the registry, for example <c>team/app:1</c>.</param>
    /// <param name="rootFileSystem">A tar.</param>
    /// <param name="command">What its containers run.</param>
    public string Push(string name, byte[] rootFileSystem, params IEnumerable<string> command)
    {
        var layer = Compress(rootFileSystem);
        var configuration = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = new JsonObject { ["Cmd"] = new JsonArray([.. command.Select(word => JsonValue.Create(word))]) },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(Digest(rootFileSystem)) },
        }.ToJsonString());
        var manifest = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ManifestType,
            ["config"] = Descriptor("application/vnd.docker.container.image.v1+json", Store(configuration), configuration.Length),
            ["layers"] = new JsonArray(Descriptor("application/vnd.docker.image.rootfs.diff.tar.gzip", Store(layer), layer.Length)),
        }.ToJsonString());
        _tags[name] = Store(manifest);
        return $"{Host}/{name}";
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    /// <summary>GET and HEAD of /v2/, /v2/NAME/manifests/REFERENCE and /v2/NAME/blobs/DIGEST.</summary>
    private async Task ServeAsync(HttpContext context)
    {
        if (Credentials is { } wanted && context.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(wanted))}")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"test\"";
            return;
        }

        var path = context.Request.Path.Value ?? "";
        if (path == "/v2/")
        {
            return;
        }

        var parts = path["/v2/".Length..].Split('/');
        var (name, kind, reference) = (string.Join('/', parts[..^2]), parts[^2], parts[^1]);
        var digest = _tags.GetValueOrDefault($"{name}:{reference}", reference);
        if (!_blobs.TryGetValue(digest, out var bytes))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.Headers["Docker-Content-Digest"] = digest;
        context.Response.ContentType = kind == "manifests" ? ManifestType : "application/octet-stream";
        context.Response.ContentLength = bytes.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            Pulls += kind == "manifests" ? 1 : 0;
            await context.Response.Body.WriteAsync(bytes);
        }
    }

    private string Store(byte[] bytes)
    {
        var digest = Digest(bytes);
        _blobs[digest] = bytes;
        return digest;
    }

    private static JsonObject Descriptor(string type, string digest, int size) =>
        new() { ["mediaType"] = type, ["digest"] = digest, ["size"] = size };

    private static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    private static byte[] Compress(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return output.ToArray();
    }
}
