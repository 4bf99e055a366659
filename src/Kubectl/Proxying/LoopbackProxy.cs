using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Serialization;
using MiniK8s.Client.Rest;

namespace MiniK8s.Kubectl.Proxying;

/// <summary>
/// A web server on loopback whose every request goes on to the API server. Only requests for a loopback name are taken: a web page
/// whose own name was made to point here (DNS rebinding) must not act with the user's rights.
/// </summary>
internal sealed class LoopbackProxy : IAsyncDisposable
{
    private const int MostBody = 3 * 1024 * 1024;
    private readonly WebApplication server;
    private readonly RawApiClient raw;

    private LoopbackProxy(WebApplication server, RawApiClient raw) => (this.server, this.raw) = (server, raw);

    /// <summary>Where it listens, as <c>IP:PORT</c>.</summary>
    public string Address => new Uri(server.Urls.First()).Authority;

    /// <summary>Ends when the server has ended.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LoopbackProxy> StartAsync(RawApiClient raw, IPEndPoint listen, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(listen);
            kestrel.Limits.MaxRequestBodySize = MostBody;
        });
        var server = builder.Build();
        var proxy = new LoopbackProxy(server, raw);
        server.Run(proxy.PassAsync);
        await server.StartAsync(cancellationToken);
        proxy.Completion = server.WaitForShutdownAsync(CancellationToken.None);
        return proxy;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private async Task PassAsync(HttpContext context)
    {
        if (!IsLoopback(context.Request.Host.Host))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync($"host {context.Request.Host.Host} is not a loopback name\n");
            return;
        }

        try
        {
            await PassOnAsync(context);
        }
        catch (ApiException refusal)
        {
            context.Response.StatusCode = refusal.Code;
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(ApiSerializer.Serialize(refusal.Status), context.RequestAborted);
        }
        catch (HttpRequestException error)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            await context.Response.WriteAsync($"{error.Message}\n");
        }
    }

    private async Task PassOnAsync(HttpContext context)
    {
        var request = context.Request;
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, context.RequestAborted);
        var target = request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        await using var answer = await raw.OpenAsync(
            HttpMethod.Parse(request.Method), target,
            buffer.Length == 0 ? null : buffer.ToArray(), request.ContentType, (string?)request.Headers.Accept is { Length: > 0 } accept ? accept : null, context.RequestAborted);
        context.Response.StatusCode = (int)answer.Code;
        if (answer.Headers.TryGetValue("Content-Type", out var type)) context.Response.ContentType = type[0];
        foreach (var warning in answer.Headers.GetValueOrDefault("Warning") ?? []) context.Response.Headers.Append("Warning", warning);
        await CopyAsync(answer.Body, context);
    }

    // Each piece goes out as it comes: a watch must not wait for a buffer to fill.
    private static async Task CopyAsync(Stream body, HttpContext context)
    {
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
