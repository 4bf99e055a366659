using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Serialization;
using MiniK8s.Client.Rest;

namespace MiniK8s.Kubectl.Proxying;

/// <summary>A web server on loopback whose every request goes on to the API server.</summary>
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
        // Nothing is taken from the environment or a settings file: they speak of other programs.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(listen);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBody;
        });
        var server = builder.Build();
        var proxy = new LoopbackProxy(server, raw);
        server.Run(proxy.PassAsync);
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        proxy.Completion = server.WaitForShutdownAsync(CancellationToken.None);
        return proxy;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task PassAsync(HttpContext context)
    {
        var response = context.Response;
        if (CallerCheck.Refusal(context.Request) is { } refusal)
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
            await response.WriteAsync(refusal + "\n");
            return;
        }

        try
        {
            await PassOnAsync(context);
        }
        catch (ApiException error) when (!response.HasStarted)
        {
            response.StatusCode = error.Code;
            response.ContentType = "application/json";
            await response.Body.WriteAsync(ApiSerializer.Serialize(error.Status), context.RequestAborted);
        }
        catch (HttpRequestException error) when (!response.HasStarted)
        {
            response.StatusCode = StatusCodes.Status502BadGateway;
            await response.WriteAsync($"{error.Message}\n");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has left.
        }
    }

    private async Task PassOnAsync(HttpContext context)
    {
        var request = context.Request;
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, context.RequestAborted);
        var target = request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        ReadOnlyMemory<byte>? body = buffer.Length == 0 ? null : buffer.ToArray();
        var accept = request.Headers.Accept.ToString() is { Length: > 0 } wanted ? wanted : null;
        await using var answer = await raw.OpenAsync(HttpMethod.Parse(request.Method), target, body, request.ContentType, accept, context.RequestAborted);
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
