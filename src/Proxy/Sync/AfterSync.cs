using System.ComponentModel;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using MiniK8s.Proxy.Conntrack;
using MiniK8s.Proxy.Health;
using MiniK8s.Proxy.Metrics;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Sync;

/// <summary>
/// What follows a sync but must not hold up the next one: health-check ports, and flows of UDP endpoints that are gone. Syncs
/// that come meanwhile are done together.
/// </summary>
internal sealed partial class AfterSync(HealthCheckPorts ports, SyncHealth health, ProxyMetrics metrics, ILogger log)
{
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(1);
    private readonly Lock gate = new();
    private readonly Dictionary<ServicePortName, ServicePort> gone = [];
    private ProxyModel? current;
    private bool udpChanged;
    private bool portsChanged;

    /// <summary>Takes note of a sync that succeeded. Never waits.</summary>
    public void Add(ProxyChange change)
    {
        health.NodeIsBeingDeleted = change.Current.Node.IsBeingDeleted;
        lock (gate)
        {
            current = change.Current;
            udpChanged |= StaleFlows.ConcernedBy(change);
            portsChanged |= HealthCheckPorts.ConcernedBy(change);
            foreach (var name in change.Touched.Where(name => name.Protocol == TransportProtocol.Udp))
            {
                if (change.Current.Services.ContainsKey(name)) gone.Remove(name);
                else if (change.Previous.Services.TryGetValue(name, out var state)) gone[name] = state.Port;
            }
        }
        if (change.Touched.Count > 0) wake.Writer.TryWrite(true);
    }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in wake.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await WorkAsync(cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(log, e);
            }
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        ProxyModel model;
        bool withPorts;
        StaleFlows? stale = null;
        lock (gate)
        {
            model = current!;
            if (udpChanged) stale = new StaleFlows(model, gone.Values);
            (withPorts, udpChanged, portsChanged) = (portsChanged, false, false);
            gone.Clear();
        }
        if (stale is { IsEmpty: false }) DeleteFlows(model.Family, stale);
        if (!withPorts || await ports.SyncAsync(model.Family, HealthCheckPorts.WantedBy(model), cancellationToken)) return;
        metrics.Failed(ProxyError.HealthPort);
        lock (gate) portsChanged = true;
    }

    private void DeleteFlows(IpFamily family, StaleFlows stale)
    {
        try
        {
            var deleted = ConntrackTable.DeleteUdp(family, stale.IsStale);
            metrics.ConntrackDeleted(deleted);
            if (deleted > 0) Deleted(log, deleted);
        }
        catch (Exception e) when (e is Win32Exception or SocketException)
        {
            // Clients of the gone endpoints wait until their entries expire, as without this at all. The next change tries again.
            lock (gate) udpChanged = true;
            metrics.Failed(ProxyError.Conntrack);
            NotDeleted(log, e.Message);
        }
    }

    [LoggerMessage(4301, LogLevel.Debug, "{Count} connection entries of UDP endpoints that are gone were deleted")]
    private static partial void Deleted(ILogger logger, int count);

    [LoggerMessage(4302, LogLevel.Warning, "Connection entries of UDP endpoints that are gone could not be deleted: {Reason}")]
    private static partial void NotDeleted(ILogger logger, string reason);

    [LoggerMessage(4303, LogLevel.Error, "Work after a sync failed; the next sync tries again")]
    private static partial void Failed(ILogger logger, Exception e);
}
