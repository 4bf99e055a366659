using System.Collections.Immutable;
using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tests.Kit.Nft;

namespace MiniK8s.Proxy.Tests.Nftables;

/// <summary>A change costs what it changes, however many Services there are: counted in messages, elements and bytes, not in time.</summary>
public sealed class ChangeCostTests
{
    private static readonly Lazy<NftWorld> Few = new(() => Many(10));
    private static readonly Lazy<NftWorld> Lots = new(() => Many(2_000));

    /// <summary>
    /// Elements that come and go. An endpoint is in the map of endpoints and in the set of those that reach themselves; the last moves
    /// to the slot of one that went. A Service has its address in two sets and its place in that of the number of its endpoints.
    /// </summary>
    public static TheoryData<string, int, int, int> Changes => new()
    {
        { "one endpoint replaced", 4, 2, 2 },
        { "one endpoint added", 2, 2, 0 },
        { "one endpoint removed", 3, 1, 3 },
        { "the last endpoint removed", 2, 0, 2 },
        { "a Service added", 5, 23, 0 },
        { "a Service removed", 5, 0, 23 },
        { "nothing that a packet could feel", 0, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_is_so_many_messages_and_elements(string change, int messages, int added, int deleted)
    {
        var few = CostOf(Few.Value, change);
        var lots = CostOf(Lots.Value, change);

        Assert.Equal((messages, added, deleted), (few.Messages, few.Added, few.Deleted));
        Assert.Equal(few, lots);
        // Anything else could make the kernel look through the whole table.
        Assert.Equal((0, 0), (few.Others, few.Verdicts));
    }

    [Theory]
    [InlineData("one endpoint replaced", 384)]
    [InlineData("one endpoint added", 220)]
    [InlineData("a Service added", 1028)]
    [InlineData("nothing that a packet could feel", 0)]
    public void A_change_is_so_many_bytes(string change, int bytes) => Assert.Equal(bytes, CostOf(Few.Value, change).Bytes);

    [Theory]
    [InlineData(10)]
    [InlineData(2_000)]
    public void A_changed_endpoint_leaves_little_garbage(int services)
    {
        var settings = new NftSettings { Family = IpFamily.V4 };
        var (first, second) = (ModelOf(services, "10.244.250.1"), ModelOf(services, "10.244.250.2"));
        var transaction = new NftTransaction(IpFamily.V4);
        var batch = new NetlinkWriter(1 << 14);
        var table = NftTable.Create(settings, first, new NftTransaction(IpFamily.V4));
        ServicePortName[] touched = [NameOf(5)];
        void Step(ProxyModel from, ProxyModel to)
        {
            transaction.Clear();
            batch.Clear();
            table.Change(new ProxyChange(from, to, touched), transaction);
            transaction.WriteTo(batch);
        }

        void StepOften()
        {
            for (var i = 0; i < 50; i++)
            {
                Step(first, second);
                Step(second, first);
            }
        }

        StepOften();
        var before = GC.GetAllocatedBytesForCurrentThread();
        StepOften();

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 6_000);
    }

    /// <summary>Does it and undoes it.</summary>
    private static FakeNftCommit CostOf(NftWorld world, string change)
    {
        lock (world)
        {
            if (change == "a Service removed") world.Put(Given.Service("new", "10.96.99.9"), Slice("new", 2_990, Enumerable.Range(1, 10))).Sync();
            var known = world.Kernel.Commits.Count;
            Do(world, change);
            world.Sync();
            var commit = world.Kernel.Commits.Count == known ? new FakeNftCommit(0, 0, 0, 0, 0, 0) : world.Kernel.Commits[^1];
            world.Remove<Service>("new").Remove<EndpointSlice>("new-1").Put(Slice("s5", 5, Enumerable.Range(1, 10)));
            world.Sync();
            return commit;
        }
    }

    private static void Do(NftWorld world, string change)
    {
        switch (change)
        {
            case "one endpoint replaced":
                world.Put(Slice("s5", 5, [1, 2, 3, 4, 99, 6, 7, 8, 9, 10]));
                break;
            case "one endpoint added":
                world.Put(Slice("s5", 5, Enumerable.Range(1, 11)));
                break;
            case "one endpoint removed":
                world.Put(Slice("s5", 5, [2, 3, 4, 5, 6, 7, 8, 9, 10]));
                break;
            case "the last endpoint removed":
                var last = world.Table.Sets["endpoints"].Elements.Values.Single(element => element.Key.AsSpan()[..4].SequenceEqual((byte[])[10, 96, 0, 5]) && element.Key[12] == 9).Data[3];
                world.Put(Slice("s5", 5, Enumerable.Range(1, 10).Where(number => number != last)));
                break;
            case "a Service added":
                world.Put(Given.Service("new", "10.96.99.9"), Slice("new", 2_990, Enumerable.Range(1, 10)));
                break;
            case "a Service removed":
                world.Remove<Service>("new").Remove<EndpointSlice>("new-1");
                break;
            default:
                // One that is not ready comes and goes, and one becomes unready and ready again before anybody looks.
                world.Put(Given.Slice("s5", [.. Ready(5, Enumerable.Range(1, 10)), Given.Endpoint("10.244.5.77", Given.OtherNode, ready: false)]));
                world.Put(Given.Slice("s5", [.. Ready(5, Enumerable.Range(1, 9)), Given.Endpoint("10.244.5.10", Given.NodeName, ready: false)]));
                world.Put(Given.Slice("s5", [.. Ready(5, Enumerable.Range(1, 10)), Given.Endpoint("10.244.5.78", Given.OtherNode, ready: false)]));
                break;
        }
    }

    private static NftWorld Many(int services)
    {
        var world = new NftWorld();
        for (var i = 0; i < services; i++) world.Put(Given.Service($"s{i}", $"10.96.{i / 250}.{i % 250}"), Slice($"s{i}", i, Enumerable.Range(1, 10)));
        world.Sync();
        return world;
    }

    private static EndpointSlice Slice(string service, int number, IEnumerable<int> endpoints) => Given.Slice(service, [.. Ready(number, endpoints)]);

    private static IEnumerable<Endpoint> Ready(int number, IEnumerable<int> endpoints) =>
        endpoints.Select(endpoint => Given.Local($"10.{244 + (number / 250)}.{number % 250}.{endpoint}"));

    private static ServicePortName NameOf(int number) => new("shop", $"s{number}", "http", TransportProtocol.Tcp);

    private static ProxyModel ModelOf(int services, string changing)
    {
        var all = Enumerable.Range(0, services).Select(i => new ServiceState(
            new MiniK8s.Proxy.Model.ServicePort { Name = NameOf(i), ClusterIP = IPAddress.Parse($"10.96.{i / 250}.{i % 250}"), Port = 80 },
            [.. Enumerable.Range(1, 9).Select(e => new ServiceEndpoint(IPAddress.Parse($"10.{200 + (i / 250)}.{i % 250}.{e}"), 8080)), new ServiceEndpoint(IPAddress.Parse(i == 5 ? changing : $"10.244.251.{i % 250}"), 8080)]));
        return ProxyModel.Empty(IpFamily.V4) with { Services = all.ToImmutableSortedDictionary(state => state.Port.Name, state => state) };
    }
}
