using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Sync;

/// <summary>
/// Services by IPVS: virtual servers, sets and addresses over netlink, beside rules that stay the same. A change sends what
/// differs; a process is started only when a redirection comes or goes.
/// </summary>
internal sealed class IpvsBackend(IpvsSettings settings, IIpvsKernel kernel, IRuleApplier rules) : IProxyBackend
{
    private readonly IpvsPlanner planner = new(settings);
    private ProxyModel? applied;

    /// <inheritdoc/>
    public async Task<SyncReport> SyncAsync(ProxyChange change, CancellationToken cancellationToken)
    {
        // The difference holds only on top of the very model that it was taken from.
        var isFull = !ReferenceEquals(applied, change.Previous);
        applied = null;
        var report = isFull ? await WriteAllAsync(change.Current, cancellationToken) : await WriteDifferenceAsync(change, cancellationToken);
        applied = change.Current;
        return report;
    }

    /// <inheritdoc/>
    public async Task<string?> CheckAsync(bool isThorough, CancellationToken cancellationToken)
    {
        if (applied is null) return null;
        Drain(planner.Draining);
        var difference = (isThorough ? planner.Kernel.FirstDifference(kernel.Read(settings.Family), settings.Family) : CompareAddresses())
            ?? (isThorough ? await CompareRulesAsync(cancellationToken)
                : await rules.HasStaticRulesAsync(cancellationToken) ? null : "chains that are never empty lack their rules");
        if (difference is not null) applied = null;
        return difference;
    }

    public void Dispose() => kernel.Dispose();

    private async Task<SyncReport> WriteAllAsync(ProxyModel model, CancellationToken cancellationToken)
    {
        kernel.Prepare(settings.Family);
        var found = await rules.ReadAsync(cancellationToken);
        var operations = planner.Full(model, kernel.Read(settings.Family));
        var script = IpvsRules.Full(settings.Rules, planner.Redirections, found).ToBytes();
        var bytes = script.Length;
        // Where no rules are, packets that come before them could leave unmasqueraded; where rules of another mode are, they serve until
        // there is something in their place.
        if (!found.HasOwn) await rules.RestoreAsync(script, cancellationToken);
        bytes += kernel.Apply(operations.BeforeRules.Concat(operations.New));
        if (found.HasOwn) await rules.RestoreAsync(script, cancellationToken);
        bytes += kernel.Apply(operations.Removals);
        Drain(planner.Draining);
        return Report(true, operations, bytes);
    }

    private async Task<SyncReport> WriteDifferenceAsync(ProxyChange change, CancellationToken cancellationToken)
    {
        var drainedBefore = planner.Draining.ToHashSet();
        var operations = planner.Partial(change);
        var bytes = kernel.Apply(operations.BeforeRules);
        if (operations.RedirectionsChanged)
        {
            var script = IpvsRules.OnlyRedirections(planner.Redirections).ToBytes();
            await rules.RestoreAsync(script, cancellationToken);
            bytes += script.Length;
        }
        bytes += kernel.Apply(operations.AfterRules);
        Drain(planner.Draining.Where(server => !drainedBefore.Contains(server)));
        return Report(false, operations, bytes);
    }

    private SyncReport Report(bool isFull, IpvsOperations operations, int bytes) => new(isFull, operations.Count, bytes)
    {
        Rules = operations.Count == 0 ? [] :
        [
            new RuleCount("ipvs", planner.Kernel.Servers.Count, operations.ServerCount),
            new RuleCount("ipset", planner.Kernel.Entries.Count, operations.EntryCount),
        ],
    };

    /// <summary>Removes real servers without weight whose last connection ended.</summary>
    private void Drain(IEnumerable<ServerAddress> servers)
    {
        foreach (var server in servers.ToList())
        {
            var counts = kernel.CountConnections(server);
            kernel.Apply(planner.Drained(server, real => counts.GetValueOrDefault(real) == 0).AfterRules);
        }
    }

    private string? CompareAddresses()
    {
        var now = new KernelState();
        if (!kernel.ReadAddresses(settings.Family, now)) return $"the device {IpvsDevice.Name} is gone";
        if (!now.NodeAddresses.SetEquals(planner.Kernel.NodeAddresses)) return "the node's addresses changed";
        return now.Bound.SetEquals(planner.Kernel.Bound) ? null : $"the addresses of {IpvsDevice.Name} were changed";
    }

    private async Task<string?> CompareRulesAsync(CancellationToken cancellationToken)
    {
        var found = await rules.ReadAsync(cancellationToken);
        var expected = KernelTables.Parse(IpvsRules.Full(settings.Rules, planner.Redirections, found).ToBytes().Span);
        return TableComparison.FirstDifference(expected, found, IpvsRules.Jumps);
    }
}
