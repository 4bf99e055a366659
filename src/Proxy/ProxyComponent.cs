using System.Net.NetworkInformation;
using Microsoft.Extensions.Logging;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Feeds;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Health;
using MiniK8s.Proxy.Metrics;
using MiniK8s.Proxy.Modes;
using MiniK8s.Proxy.Tracking;
using MiniK8s.Proxy.Views;
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
    /// <exception cref="ProxyStartException">An option is wrong, or the machine cannot do the mode.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (options.Validate().ToList() is { Count: > 0 } wrong) throw new ProxyStartException(string.Join("; ", wrong));
            var modes = ProxyModes.All(options, runner, log);
            var mode = await ProxyModes.ChooseAsync(modes, options.Mode, options.Families, log, cancellationToken);
            await using var ports = new HealthCheckPorts(health, context.Loggers);
            var families = new List<FamilyProxy>();
            foreach (var family in options.Families)
            {
                families.Add(new FamilyProxy(family, options, ServicesOf(mode, ports), await mode.CreateAsync(family, cancellationToken)));
            }
            new NodeSettings("/proc/sys", log).Prepare(families.Count > 1);
            await using var web = new OwnEndpoints(options, new ProxyEndpoints(health, metrics, mode.Name, context.Clock) { Options = options }, context.Loggers);
            await web.StartAsync(cancellationToken);
            await WorkAsync(families, new Surroundings(modes, mode, options, runner, log), cancellationToken);
        }
        catch (Exception e)
        {
            if (e is OperationCanceledException && cancellationToken.IsCancellationRequested) ready.TrySetCanceled(cancellationToken);
            else ready.TrySetException(e);
            if (!cancellationToken.IsCancellationRequested) throw;
        }
    }

    private FamilyServices ServicesOf(IProxyMode mode, HealthCheckPorts ports) => new(context.Clock, context.Loggers)
    {
        Health = health,
        Ports = ports,
        Metrics = metrics,
        MinSyncPeriod = options.MinSyncPeriodOf(mode.Name),
        OnlyPrimaryNodePorts = options.OnlyPrimaryNodePorts(mode.Name),
    };

    private async Task WorkAsync(List<FamilyProxy> families, Surroundings surroundings, CancellationToken cancellationToken)
    {
        foreach (var family in families) SetNodePortAddresses(family.Tracker);
        // Services and slices are many and large: the trackers keep what they need of them, nobody keeps the objects.
        await using var services = context.Caches.Follow<ServiceView>((key, view, time) => Tell(family => family.Tracker.Apply(new CacheChange<Service>(key, null, view?.Service) { Time = time })));
        await using var slices = context.Caches.Follow<SliceView>((key, view, time) => Tell(family => family.Tracker.Apply(new CacheChange<EndpointSlice>(key, null, view?.Slice) { Time = time })));
        // Only this one: all nodes renew their status all the time.
        await using var nodes = context.Caches.Follow<Node>((key, value, time) => Tell(family => family.Tracker.Apply(new CacheChange<Node>(key, null, value) { Time = time })), new FeedScope(FieldSelector: $"metadata.name={options.NodeName}"));
        await Task.WhenAll(services.WaitForSyncAsync(cancellationToken), slices.WaitForSyncAsync(cancellationToken), nodes.WaitForSyncAsync(cancellationToken));
        try
        {
            await Task.WhenAll([.. families.Select(family => family.RunAsync(cancellationToken)), FollowAsync(families, surroundings, cancellationToken)]);
        }
        finally
        {
            families.ForEach(family => family.Dispose());
        }

        void Tell(Action<FamilyProxy> change) => families.ForEach(change);
    }

    /// <summary>What happens beside the syncs: readiness, other modes' leftovers after the first one, addresses that come and go.</summary>
    private async Task FollowAsync(List<FamilyProxy> families, Surroundings surroundings, CancellationToken cancellationToken)
    {
        // Open before what another mode left goes, which may have been what let packets through.
        await surroundings.OpenGateAsync(cancellationToken);
        await Task.WhenAll(families.Select(family => family.Sync.FirstSync)).WaitAsync(cancellationToken);
        await surroundings.ClearAsync(cancellationToken);
        ready.TrySetResult();
        using var timer = new PeriodicTimer(options.SyncPeriod, context.Clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var family in families) SetNodePortAddresses(family.Tracker);
            await surroundings.OpenGateAsync(cancellationToken);
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

    [LoggerMessage(4404, LogLevel.Warning, "The node's addresses cannot be read ({Reason}); node ports stay on those known before")]
    private static partial void AddressesUnknown(ILogger logger, string reason);
}
