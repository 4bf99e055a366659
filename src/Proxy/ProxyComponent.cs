using System.Net.NetworkInformation;
using Microsoft.Extensions.Logging;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Feeds;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Health;
using MiniK8s.Proxy.Metrics;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tracking;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Proxy;

/// <summary>
/// The Service proxy of one node: hears of Services, EndpointSlices and its Node, and programs the kernel of the network namespace
/// that it runs in. It writes nothing before all three are known, so that rules of an earlier run serve until then; and it leaves
/// its rules behind when it ends, so that Services go on answering.
/// </summary>
public sealed partial class ProxyComponent : IComponent
{
    private readonly ComponentContext context;
    private readonly ProxyOptions options;
    private readonly ILogger log;
    private readonly ProxyMetrics metrics;
    private readonly SyncHealth health;
    private readonly ToolRunner runner;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Prepares a proxy; nothing is touched before <see cref="RunAsync"/>.</summary>
    public ProxyComponent(ComponentContext context, ProxyOptions options)
    {
        (this.context, this.options) = (context, options);
        log = context.Loggers.CreateLogger<ProxyComponent>();
        metrics = new ProxyMetrics(context.Clock);
        health = new SyncHealth(options.SyncPeriod, context.Clock);
        runner = new ToolRunner(context.Clock);
    }

    /// <inheritdoc/>
    public string Name => "proxy";

    /// <summary>Completes when the rules of all Services are in the kernel.</summary>
    public Task Ready => ready.Task;

    /// <inheritdoc/>
    /// <exception cref="ProxyStartException">An option is wrong, or iptables is missing.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (options.Validate().ToList() is { Count: > 0 } wrong) throw new ProxyStartException(string.Join("; ", wrong));
            await using var ports = new HealthCheckPorts(health, context.Loggers);
            var families = new List<FamilyProxy>();
            foreach (var family in options.Families) families.Add(await PrepareAsync(family, ports, cancellationToken));
            new NodeSettings("/proc/sys", log).Prepare(families.Count > 1);
            await using var web = new OwnEndpoints(options, new ProxyEndpoints(health, metrics, options.Mode, context.Clock), context.Loggers);
            await web.StartAsync(cancellationToken);
            await WorkAsync(families, cancellationToken);
        }
        catch (Exception e)
        {
            if (e is OperationCanceledException && cancellationToken.IsCancellationRequested) ready.TrySetCanceled(cancellationToken);
            else ready.TrySetException(e);
            if (!cancellationToken.IsCancellationRequested) throw;
        }
    }

    private async Task<FamilyProxy> PrepareAsync(IpFamily family, HealthCheckPorts ports, CancellationToken cancellationToken)
    {
        var tools = new IptablesTools(family, options.IptablesVariant == "auto" ? "" : options.IptablesVariant);
        if (!tools.Exist)
            throw new ProxyStartException($"{tools.Main}, {tools.Restore} and {tools.Save} are needed and not all installed; on Debian and Ubuntu: apt-get install iptables");
        try
        {
            var version = await tools.VersionAsync(runner, cancellationToken);
            Using(log, tools.Main, version.Version, version.Variant);
            var services = new FamilyServices(context.Clock, context.Loggers) { Runner = runner, Health = health, Ports = ports, Metrics = metrics };
            return new FamilyProxy(family, options, services, version, tools);
        }
        catch (ToolException e)
        {
            throw new ProxyStartException($"iptables cannot be used: {e.Message}", e);
        }
    }

    private async Task WorkAsync(List<FamilyProxy> families, CancellationToken cancellationToken)
    {
        foreach (var family in families) SetNodePortAddresses(family.Tracker);
        // Services and slices are many and large: the trackers keep what they need of them, nobody keeps the objects.
        await using var services = context.Caches.Follow<Service>((key, value) => Tell(family => family.Tracker.Apply(new CacheChange<Service>(key, null, value))));
        await using var slices = context.Caches.Follow<EndpointSlice>((key, value) => Tell(family => family.Tracker.Apply(new CacheChange<EndpointSlice>(key, null, value))));
        // Only this one: all nodes renew their status all the time.
        await using var nodes = context.Caches.Follow<Node>((key, value) => Tell(family => family.Tracker.Apply(new CacheChange<Node>(key, null, value))), new FeedScope(FieldSelector: $"metadata.name={options.NodeName}"));
        await Task.WhenAll(services.WaitForSyncAsync(cancellationToken), slices.WaitForSyncAsync(cancellationToken), nodes.WaitForSyncAsync(cancellationToken));
        await Task.WhenAll([.. families.Select(family => family.RunAsync(cancellationToken)), FollowAsync(families, cancellationToken)]);

        void Tell(Action<FamilyProxy> change) => families.ForEach(change);
    }

    /// <summary>What happens beside the syncs: readiness, the other way's leftovers after the first one, addresses that come and go.</summary>
    private async Task FollowAsync(List<FamilyProxy> families, CancellationToken cancellationToken)
    {
        await Task.WhenAll(families.Select(family => family.Sync.FirstSync)).WaitAsync(cancellationToken);
        foreach (var family in families) await CleanOtherAsync(family, cancellationToken);
        ready.TrySetResult();
        using var timer = new PeriodicTimer(options.SyncPeriod, context.Clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var family in families) SetNodePortAddresses(family.Tracker);
        }
    }

    private async Task CleanOtherAsync(FamilyProxy family, CancellationToken cancellationToken)
    {
        try
        {
            if (await new Leftovers(runner).CleanOtherAsync(family.Tracker.Family, family.Variant, cancellationToken)) OthersRemoved(log, family.Variant);
        }
        catch (Exception e) when (e is ToolException or RuleApplyException)
        {
            OthersStay(log, e.Message);
        }
    }

    private void SetNodePortAddresses(ChangeTracker tracker)
    {
        try
        {
            tracker.SetNodePortAddresses(new NodePortAddresses(options.NodePortRanges).Read(tracker.Family));
        }
        catch (NetworkInformationException e)
        {
            AddressesUnknown(log, e.Message);
        }
    }

    [LoggerMessage(4401, LogLevel.Information, "Programming Services by {Tool} {Version} ({Variant})")]
    private static partial void Using(ILogger logger, string tool, Version version, string variant);

    [LoggerMessage(4402, LogLevel.Information, "Rules of an earlier run by the other way than {Variant} were removed")]
    private static partial void OthersRemoved(ILogger logger, string variant);

    [LoggerMessage(4403, LogLevel.Warning, "Rules of an earlier run by the other iptables could not be removed: {Reason}")]
    private static partial void OthersStay(ILogger logger, string reason);

    [LoggerMessage(4404, LogLevel.Warning, "The node's addresses cannot be read ({Reason}); node ports stay on those known before")]
    private static partial void AddressesUnknown(ILogger logger, string reason);
}
