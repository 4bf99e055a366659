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
    private ProxyModel? current;
    private UdpChanges udp = new();
    private bool portsChanged;
    private bool portsMissing;

    /// <summary>Takes note of a sync that succeeded. Never waits.</summary>
    /// <param name="change">What changed since the last.</param>
    /// <param name="isFull">Whether everything was written: until then the rules may not have been there, and flows have gone nowhere.</param>
    public void Add(ProxyChange change, bool isFull)
    {
        health.NodeIsBeingDeleted = change.Current.Node.IsBeingDeleted;
        bool isNeeded;
        lock (gate)
        {
            current = change.Current;
            udp.Add(change);
            if (isFull) udp.AddAll(change.Current);
            portsChanged |= HealthCheckPorts.ConcernedBy(change);
            isNeeded = portsMissing || ((isFull || change.Touched.Count > 0) && (portsChanged || !udp.IsEmpty));
        }
        if (isNeeded) wake.Writer.TryWrite(true);
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
        UdpChanges changes;
        lock (gate)
        {
            model = current!;
            (changes, udp) = (udp, new UdpChanges());
            // Missing until they are known to be open.
            withPorts = portsMissing |= portsChanged;
            portsChanged = false;
        }
        if (!changes.IsEmpty) DeleteFlows(model, changes);
        if (!withPorts) return;
        var areOpen = await ports.SyncAsync(model.Family, HealthCheckPorts.WantedBy(model), cancellationToken);
        lock (gate) portsMissing = !areOpen;
        if (!areOpen) metrics.Failed(ProxyError.HealthPort);
    }

    private void DeleteFlows(ProxyModel model, UdpChanges changes)
    {
        try
        {
            var deleted = ConntrackTable.DeleteUdp(model.Family, changes.In(model).IsStale);
            metrics.ConntrackDeleted(deleted);
            if (deleted > 0) Deleted(log, deleted);
        }
        catch (Exception e) when (e is Win32Exception or SocketException)
        {
            // Clients of the gone endpoints wait until their entries expire, as without this at all. The next change tries again.
            lock (gate) udp.Add(changes);
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
