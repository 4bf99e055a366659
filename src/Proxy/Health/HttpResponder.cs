using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MiniK8s.Proxy.Health;

/// <summary>A server that answers GET requests on one port from a function: no routes, no host, as light as a listener.</summary>
internal sealed class HttpResponder : IAsyncDisposable
{
    private readonly KestrelServer server;

    private HttpResponder(KestrelServer server) => this.server = server;

    /// <summary>Begins to listen.</summary>
    /// <param name="addresses">Addresses and port.</param>
    /// <param name="answer">The answer for a path.</param>
    /// <param name="loggers">Logs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The port is in use, or an address is not this machine's.</exception>
    public static async Task<HttpResponder> StartAsync(
        IReadOnlyList<IPEndPoint> addresses, Func<string, HttpAnswer> answer, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = 0;
        foreach (var address in addresses)
        {
            // Any address means those of both families, or of the one that the machine has.
            if (address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any)) options.ListenAnyIP(address.Port);
            else options.Listen(address);
        }
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers);
        var server = new KestrelServer(Options.Create(options), transport, loggers);
        try
        {
            await server.StartAsync(new Application(answer), cancellationToken);
            return new HttpResponder(server);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Closes the port.</summary>
    public async ValueTask DisposeAsync()
    {
        await server.StopAsync(CancellationToken.None);
        server.Dispose();
    }

    private sealed class Application(Func<string, HttpAnswer> answer) : IHttpApplication<IFeatureCollection>
    {
        public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

        public async Task ProcessRequestAsync(IFeatureCollection context)
        {
            var request = context.GetRequiredFeature<IHttpRequestFeature>();
            var response = context.GetRequiredFeature<IHttpResponseFeature>();
            var given = request.Method is "GET" or "HEAD" ? answer(request.Path) : HttpAnswer.Text(405, "only GET is served here\n");
            response.StatusCode = given.Status;
            response.Headers.ContentType = given.ContentType;
            response.Headers.ContentLength = given.Body.Length;
            response.Headers.XContentTypeOptions = "nosniff";
            foreach (var (name, value) in given.Headers) response.Headers[name] = value;
            if (request.Method != "HEAD") await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(given.Body);
        }

        public void DisposeContext(IFeatureCollection context, Exception? exception)
        {
        }
    }
}
