using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Sync;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tracking;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>More endpoints than the running kernel's sets have room for.</summary>
public sealed class NftRoomTests
{
    [Fact]
    public async Task A_service_that_outgrows_its_sets_is_written_into_larger_ones()
    {
        Assert.SkipUnless(NetworkNamespace.SkipReason is null, NetworkNamespace.SkipReason ?? "");
        using var inside = await NetworkNamespace.CreateAsync("room");
        using var backend = new NftablesBackend(new NftSettings { Family = IpFamily.V4 }, NftKernelTests.KernelIn(inside), NullLogger.Instance);
        var tracker = new ChangeTracker(new TrackerOptions(IpFamily.V4, Given.NodeName, Balancing.Random));
        var feed = new ObjectFeed(tracker);
        Task<SyncReport> SyncAsync(int endpoints)
        {
            feed.Put([Given.Service("web", "10.96.0.10"), SliceOf(endpoints)]);
            return backend.SyncAsync(tracker.Take(), TestContext.Current.CancellationToken);
        }

        Assert.True((await SyncAsync(1)).IsFull);
        Assert.False((await SyncAsync(1024)).IsFull);
        Assert.True((await SyncAsync(1025)).IsFull);
        Assert.False((await SyncAsync(2050)).IsFull);

        Assert.Equal(2050, Count(inside, "endpoints"));
        Assert.Equal(2050, Count(inside, "hairpin"));
        Assert.Null(await backend.CheckAsync(isThorough: true, TestContext.Current.CancellationToken));
    }

    private static EndpointSlice SliceOf(int endpoints) =>
        Given.Slice("web", [.. Enumerable.Range(0, endpoints).Select(number => Given.Local($"10.244.{number / 250}.{(number % 250) + 1}"))]);

    private static int Count(NetworkNamespace inside, string set)
    {
        using var kernel = NftKernelTests.KernelIn(inside);
        var seen = new Counter();
        kernel.ReadElements(IpFamily.V4, set, seen);
        return seen.Elements;
    }

    private sealed class Counter : INftVisitor
    {
        public int Elements { get; private set; }

        public void Chain(string name)
        {
        }

        public void Rule(string chain, int expressions)
        {
        }

        public void Element(string set, NftElement element) => Elements++;
    }
}
