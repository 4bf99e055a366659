using MiniK8s.Api.Core.V1;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tests.Kit.Nft;

namespace MiniK8s.Proxy.Tests.Nftables;

/// <summary>Every endpoint gets the same share of new connections, computed from the rules themselves.</summary>
public sealed class EvenShareTests
{
    /// <summary>Where a draw of an empty slot is drawn again, the last draw prefers the lower slots: one packet in 256 comes to it.</summary>
    private const double Tolerance = 1.0 / 256;

    public static TheoryData<int> Counts => [.. Enumerable.Range(1, 40), 63, 64, 65, 100];

    [Theory]
    [MemberData(nameof(Counts))]
    public void By_chance(int count) => AssertEven(count, new WorldOptions(), spec => spec);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100)]
    public void In_turn_it_is_exact(int count) => AssertEven(count, new WorldOptions { Balancing = Balancing.RoundRobin }, spec => spec, 1e-12);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(64)]
    public void With_session_affinity_the_first_choice_is_exact(int count) =>
        AssertEven(count, new WorldOptions(), spec => spec with { SessionAffinity = "ClientIP" }, 1e-12);

    [Fact]
    public void After_endpoints_came_and_went_it_is_as_even_as_before()
    {
        var world = Serving(40, new WorldOptions(), spec => spec);
        foreach (var count in (int[])[33, 7, 12, 9, 64, 17, 5])
        {
            world.Put(Slice(count, Math.Max(0, 40 - count)));
            world.Sync();
            AssertEven(world, "10.244.9.9", "10.96.0.10:80", count, Tolerance);
        }
    }

    [Fact]
    public void Eight_draws_leave_at_most_one_packet_in_256_to_the_last()
    {
        var ends = Serving(9, new WorldOptions(), spec => spec).Tracer().Ends("10.244.9.9", "10.96.0.10:80");
        var shares = ends.GroupBy(end => end.Packet.Target).Select(group => group.Sum(end => end.Share)).Order().ToList();

        // Of 16 slots nine are taken; what the eight draws missed goes to the lower eight.
        var missed = Math.Pow(7 / 16.0, 8);
        Assert.Equal((1 - missed) / 9, shares[0], 1e-12);
        Assert.Equal(((1 - missed) / 9) + (missed / 8), shares[^1], 1e-12);
    }

    private static void AssertEven(int count, WorldOptions options, Func<ServiceSpec, ServiceSpec> change, double tolerance = Tolerance)
    {
        var world = Serving(count, options, change);
        AssertEven(world, "10.244.9.9", "10.96.0.10:80", count, tolerance);
        AssertEven(world, "203.0.113.7", $"{Given.NodeAddress}:30080", (count + 1) / 2, tolerance);
        AssertEven(world, "10.244.9.9", $"{Given.NodeAddress}:30080", count, tolerance);
        AssertEven(world, "203.0.113.7", "192.0.2.9:80", (count + 1) / 2, tolerance);
        AssertEven(world, Given.NodeAddress, "192.0.2.9:80", count, tolerance);
    }

    private static void AssertEven(NftWorld world, string source, string destination, int count, double tolerance)
    {
        var shares = world.Tracer().Ends(source, destination).GroupBy(end => end.Packet.Target).ToDictionary(group => group.Key, group => group.Sum(end => end.Share));
        Assert.Equal(count, shares.Count);
        Assert.All(shares.Values, share => Assert.InRange(share * count, 1 - tolerance, 1 + tolerance));
    }

    private static NftWorld Serving(int count, WorldOptions options, Func<ServiceSpec, ServiceSpec> change)
    {
        var world = new NftWorld(options).Put(
            Given.Service("web", "10.96.0.10", spec => change(Given.NodePort(spec, 30080) with { ExternalTrafficPolicy = "Local", ExternalIPs = ["192.0.2.9"] })),
            Slice(count, 0));
        world.Sync();
        return world;
    }

    /// <summary>Every other endpoint is on this node, the first too.</summary>
    private static Api.Discovery.V1.EndpointSlice Slice(int count, int first) =>
        Given.Slice("web", [.. Enumerable.Range(first, count).Select(i => (i - first) % 2 == 0 ? Given.Local($"10.244.1.{i + 1}") : Given.Remote($"10.244.1.{i + 1}"))]);
}
