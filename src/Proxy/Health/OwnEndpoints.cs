using System.Net;
using Microsoft.Extensions.Logging;

namespace MiniK8s.Proxy.Health;

/// <summary>The proxy's own two ports. One that cannot be had is a warning: rules matter more than what tells of them.</summary>
internal sealed partial class OwnEndpoints(ProxyOptions options, ProxyEndpoints endpoints, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ILogger log = loggers.CreateLogger<OwnEndpoints>();
    private readonly List<HttpResponder> open = [];

    /// <summary>Opens what the options ask for.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await OpenAsync("--healthz-bind-address", options.HealthzBindAddress, endpoints.Healthz, cancellationToken);
        await OpenAsync("--metrics-bind-address", options.MetricsBindAddress, endpoints.Metrics, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var responder in open) await responder.DisposeAsync();
    }

    private async Task OpenAsync(string option, string address, Func<string, HttpAnswer> answer, CancellationToken cancellationToken)
    {
        if (address.Length == 0) return;
        try
        {
            open.Add(await HttpResponder.StartAsync([IPEndPoint.Parse(address)], answer, loggers, cancellationToken));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotOpened(log, option, address, e.Message);
        }
    }

    [LoggerMessage(4202, LogLevel.Warning, "{Option} {Address} cannot be opened ({Reason}); going on without it")]
    private static partial void NotOpened(ILogger logger, string option, string address, string reason);
}
