using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Sync;
using MiniK8s.Proxy.Tracking;
using MiniK8s.Proxy.Views;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>
/// The proxy's own tracker and backend in this process, on a network namespace of its own: what a proxy does with an event from the
/// moment that it has read its bytes, and nothing around it.
/// </summary>
internal sealed class ProgrammedNode : IAsyncDisposable
{
    private readonly NetworkNamespace? owned;
    private readonly NamespaceThread thread;
    private readonly ChangeTracker tracker = new(new TrackerOptions(IpFamily.V4, ProxyNode.NodeName, Balancing.Random));
    private readonly IProxyBackend backend;
    private readonly IRecorder recorder;

    private ProgrammedNode(NetworkNamespace? owned, NamespaceThread thread, string mode)
    {
        (this.owned, this.thread) = (owned, thread);
        (backend, recorder) = mode == "nftables" ? Nftables() : Iptables();
    }

    /// <summary>Makes a node in a new namespace, or in one that is there.</summary>
    public static async Task<ProgrammedNode> CreateAsync(string mode, NetworkNamespace? inside = null)
    {
        var owned = inside is null ? await NetworkNamespace.CreateAsync("ours") : null;
        try
        {
            return new ProgrammedNode(owned, await NamespaceThread.StartAsync(inside ?? owned!), mode);
        }
        catch
        {
            owned?.Dispose();
            throw;
        }
    }

    /// <summary>Tells the tracker of a Service.</summary>
    public void Tell(Service service) => tracker.Apply(new CacheChange<Service>(ObjectKey.Of(service), null, service));

    /// <summary>Tells the tracker of a slice.</summary>
    public void Tell(EndpointSlice slice) => tracker.Apply(new CacheChange<EndpointSlice>(ObjectKey.Of(slice), null, slice));

    /// <summary>Brings the kernel to what was told, and returns how long that took.</summary>
    public Task<TimeSpan> SyncAsync() => thread.RunAsync(async () =>
    {
        var began = Stopwatch.GetTimestamp();
        await backend.SyncAsync(tracker.Take(), CancellationToken.None);
        return Stopwatch.GetElapsedTime(began);
    });

    /// <summary>From the bytes of a slice, as a watch brings them, to the kernel's acknowledgement.</summary>
    public Task<ChangeCost> ChangeAsync(byte[] slice) => thread.RunAsync(() => ChangeHereAsync(slice));

    /// <summary>The same for several, one right after the other.</summary>
    public Task<ChangeCost[]> ChangeAsync(IReadOnlyList<byte[]> slices) => thread.RunAsync(async () =>
    {
        var costs = new ChangeCost[slices.Count];
        for (var at = 0; at < costs.Length; at++) costs[at] = await ChangeHereAsync(slices[at]);
        return costs;
    });

    /// <summary>What a piece of work sends to the kernel.</summary>
    public async Task<Recording> RecordAsync(Func<Task> work)
    {
        var tape = recorder.Tape = [];
        await work();
        recorder.Tape = null;
        return new Recording(tape);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await thread.RunAsync(() =>
        {
            backend.Dispose();
            return true;
        });
        thread.Dispose();
        owned?.Dispose();
    }

    private async Task<ChangeCost> ChangeHereAsync(byte[] slice)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var began = Stopwatch.GetTimestamp();
        var value = ApiSerializer.Read<SliceView>(slice).Slice;
        var decoded = Stopwatch.GetTimestamp();
        Tell(value);
        var change = tracker.Take();
        var taken = Stopwatch.GetTimestamp();
        await backend.SyncAsync(change, CancellationToken.None);
        var ended = Stopwatch.GetTimestamp();
        return new ChangeCost(Stopwatch.GetElapsedTime(began, ended), Stopwatch.GetElapsedTime(began, decoded), Stopwatch.GetElapsedTime(decoded, taken))
        {
            Allocated = GC.GetAllocatedBytesForCurrentThread() - allocated,
        };
    }

    private static (IProxyBackend, IRecorder) Nftables()
    {
        var kernel = new RecordingKernel(new NftKernel());
        return (new NftablesBackend(new NftSettings { Family = IpFamily.V4, PodCidr = IPNetwork.Parse(ProxyNode.PodCidr) }, kernel, NullLogger.Instance), kernel);
    }

    private static (IProxyBackend, IRecorder) Iptables()
    {
        var applier = new RecordingApplier(new IptablesApplier(new IptablesTools(IpFamily.V4, ""), new ToolRunner(TimeProvider.System)));
        return (new IptablesBackend(new IptablesSettings { Family = IpFamily.V4, PodCidr = IPNetwork.Parse(ProxyNode.PodCidr), RandomFully = true, ChainsPerRestore = 1000 }, applier), applier);
    }
}

/// <summary>What a change cost.</summary>
/// <param name="Whole">From the bytes to the acknowledgement.</param>
/// <param name="Decoding">The part that makes an object of the bytes.</param>
/// <param name="Tracking">The part that makes a model of it.</param>
internal sealed record ChangeCost(TimeSpan Whole, TimeSpan Decoding, TimeSpan Tracking)
{
    /// <summary>Garbage that it made, in bytes.</summary>
    public long Allocated { get; init; }
}
