using System.Net;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Tests.Sync;

/// <summary>
/// What one changed endpoint costs in messages, bytes and garbage: counted, since a stopwatch in a test would tell of the machine.
/// Times are in the benchmarks.
/// </summary>
public sealed class ChangeCostTests
{
    private const int Few = 100;
    private const int Many = 5000;

    [Fact]
    public void One_endpoint_that_another_replaces_is_six_messages_however_many_Services_there_are()
    {
        var (few, many) = (new World(Few), new World(Many));

        var small = few.Send(Few / 2, "10.244.9.1");
        var large = many.Send(Many / 2, "10.244.9.1");

        // Begin and end of the batch; the old element of the map and of the hairpin set go, the new ones come.
        Assert.Equal((6, 2, 2), (large.Messages, large.Added, large.Deleted));
        Assert.Equal(small, large);
        Assert.InRange(large.Bytes, 1, 400);
    }

    [Fact]
    public void One_endpoint_that_goes_sends_no_additions()
    {
        var world = new World(Few);

        var sent = world.Send(Few / 2);

        Assert.Equal((4, 0, 2), (sent.Messages, sent.Added, sent.Deleted));
    }

    [Fact]
    public void What_changes_nothing_for_packets_sends_nothing()
    {
        var world = new World(Few);

        var sent = world.Send(1, "10.244.8.1");

        Assert.Equal((0, 0), (sent.Added, sent.Deleted));
    }

    [Fact]
    public void A_change_makes_as_much_garbage_among_many_Services_as_among_few()
    {
        var few = new World(Few).GarbageOfAChange();
        var many = new World(Many).GarbageOfAChange();

        // The model is a tree: its path to the changed Service is longer by some nodes.
        Assert.InRange(many, 1, few + 2048);
        Assert.InRange(many, 1, 16 * 1024);
    }

    /// <summary>Services with ten endpoints each, tracked and written.</summary>
    private sealed class World
    {
        private const int Endpoints = 10;
        private readonly ChangeTracker tracker = new(new TrackerOptions(IpFamily.V4, Given.NodeName, Balancing.Random));
        private readonly NftTransaction transaction = new(IpFamily.V4);
        private readonly NetlinkWriter batch = new(1 << 16);
        private readonly NftTable table;

        public World(int services)
        {
            for (var number = 0; number < services; number++)
            {
                var service = Given.Service($"s{number}", $"10.96.{number >> 8}.{number & 255}");
                tracker.Apply(new CacheChange<Service>(ObjectKey.Of(service), null, service));
                Tell(Slice(number, "10.244.8.1"));
            }
            table = NftTable.Create(new NftSettings { Family = IpFamily.V4, PodCidr = IPNetwork.Parse("10.244.0.0/16") }, tracker.Take().Current, new NftTransaction(IpFamily.V4));
        }

        /// <summary>Gives a Service other pods in the place of the first, and tells what that sends.</summary>
        public (int Messages, int Bytes, int Added, int Deleted) Send(int service, params string[] instead)
        {
            Tell(Slice(service, instead));
            Write();
            return (batch.Messages, batch.Length, transaction.ElementsAdded, transaction.ElementsDeleted);
        }

        /// <summary>The middle of some, since now and then something is made that is kept.</summary>
        public long GarbageOfAChange()
        {
            EndpointSlice[] slices = [Slice(1, "10.244.9.1"), Slice(1, "10.244.9.2")];
            var counts = new long[21];
            for (var i = 0; i < counts.Length; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Tell(slices[i % 2]);
                Write();
                counts[i] = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            Array.Sort(counts);
            return counts[counts.Length / 2];
        }

        private static EndpointSlice Slice(int service, params string[] instead) => Given.Slice(
            $"s{service}",
            [.. instead.Select(Given.Remote), .. Enumerable.Range(1, Endpoints - 1).Select(pod => Given.Remote($"10.{128 + (service >> 8)}.{service & 255}.{pod}"))]);

        private void Tell(EndpointSlice slice) => tracker.Apply(new CacheChange<EndpointSlice>(ObjectKey.Of(slice), null, slice));

        private void Write()
        {
            transaction.Clear();
            table.Change(tracker.Take(), transaction);
            batch.Clear();
            transaction.WriteTo(batch);
        }
    }
}
