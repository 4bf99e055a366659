using System.Net;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.ControllerManager.AddressAllocation;
using MiniK8s.TestKit.Time;

namespace MiniK8s.ControllerManager.Tests.AddressAllocation;

public sealed class AllocationLedgerTests
{
    private static readonly ServiceNetwork Network = new([IpRange.Parse("10.96.0.0/29")], PortRange.Default);
    private readonly ManualClock clock = new();
    private readonly AllocationLedger ledger;

    public AllocationLedgerTests() => ledger = new AllocationLedger(clock);

    private static Service Bare(string name) => Sample.Service(name).With(s => s with { ClusterIP = null, ClusterIPs = [] });

    private AllocationPlan Reserve(string name) =>
        ledger.Reserve(new("default", name), isTaken => AddressAllocationPlanner.Plan(Bare(name), Network, isTaken, Random.Shared));

    private string? Address(string name) => (Reserve(name) as AllocationPlan.Assign)?.Service.Spec!.ClusterIP;

    [Fact]
    public async Task Workers_that_choose_at_once_never_choose_the_same()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Address($"s{i}"))));
        Assert.Equal(6, all.Distinct().Count());
        Assert.All(all, Assert.NotNull);
        Assert.IsType<AllocationPlan.Exhausted>(Reserve("one-too-many"));
    }

    [Fact]
    public void What_the_cache_shows_is_taken_until_its_service_is_gone_or_lets_go()
    {
        var service = Sample.Service("a").With(s => s with { ClusterIP = "10.96.0.1", ClusterIPs = ["10.96.0.1"] });
        ledger.Observe(new(ObjectKey.Of(service), null, service));
        for (var i = 0; i < 5; i++) Assert.NotEqual("10.96.0.1", Address($"s{i}"));
        Assert.Null(Address("s5"));
        ledger.Observe(new(ObjectKey.Of(service), service, null));
        Assert.Equal("10.96.0.1", Address("s5"));
    }

    [Fact]
    public void Reservation_ends_when_it_is_released_made_anew_or_old()
    {
        for (var i = 0; i < 6; i++) Address($"s{i}");
        Assert.Null(Address("late"));
        ledger.Release(new("default", "s0"));
        var freed = Address("late");
        Assert.NotNull(freed);
        Assert.Equal(freed, Address("late"));
        Assert.Null(Address("s0"));
        clock.Advance(AllocationLedger.ReservationTime);
        Assert.NotNull(Address("s0"));
    }

    [Fact]
    public void Refused_address_rests_for_a_while()
    {
        for (var i = 0; i < 5; i++) Address($"s{i}");
        var last = Address("s5")!;
        ledger.Refuse([Claim.Of(IPAddress.Parse(last))]);
        Assert.Null(Address("s5"));
        clock.Advance(AllocationLedger.RefusalTime);
        Assert.Equal(last, Address("s5"));
    }
}
