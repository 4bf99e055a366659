using MiniK8s.ControllerManager.EndpointSlices.Topology;

namespace MiniK8s.ControllerManager.Tests.EndpointSlices.Topology;

/// <summary>How many endpoints each zone is to have, and who lends to whom. The cases are Kubernetes' own, as far as it has them.</summary>
public sealed class ZoneAllocationTests
{
    [Theory]
    [InlineData("a 45;b 55", 2, "a 1..1 ~1, b 1..1 ~1.1")]
    [InlineData("a 35;b 35;c 30", 10, "a 3..4 ~3.5, b 3..4 ~3.5, c 3..4 ~3")]
    [InlineData("a 1;b 1", 12, "a 5..7 ~6, b 5..7 ~6")]
    [InlineData("a 1;b 1;c 1", 30, "a 9..12 ~10, b 9..12 ~10, c 9..12 ~10")]
    [InlineData("a 58;b 6;c 6", 7, "a 5..5 ~5.8, b 1..1 ~1, c 1..1 ~1")]
    public void A_zone_gets_its_share_and_never_so_few_that_they_are_overloaded(string nodes, int endpoints, string expected)
    {
        var (zones, refusal) = ZoneAllocation.Of(ZoneSharesTests.Of(nodes), endpoints);
        Assert.Null(refusal);
        Assert.Equal(expected, string.Join(", ", zones.Select(z => $"{z.Zone} {z.Minimum}..{z.Maximum} ~{z.Desired:0.##}")));
    }

    [Theory]
    [InlineData("a 1", 9, nameof(HintRefusal.UnknownShares))]
    [InlineData("a 3;b 4;c 3", 2, nameof(HintRefusal.TooFewEndpoints))]
    [InlineData("a 1;b 1", 0, nameof(HintRefusal.TooFewEndpoints))]
    [InlineData("a 1;b 1", 3, nameof(HintRefusal.Overload))]
    [InlineData("a 1;b 1;c 1", 5, nameof(HintRefusal.Overload))]
    [InlineData("a 99;b 1", 2, nameof(HintRefusal.Overload))]
    public void Nothing_is_allocated_for_a_reason(string nodes, int endpoints, string expected)
    {
        var (zones, refusal) = ZoneAllocation.Of(ZoneSharesTests.Of(nodes), endpoints);
        Assert.Equal(expected, refusal.ToString());
        Assert.Empty(zones);
    }

    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("a 1.2, b 1.1, c 1", "a 1, b 1, c 1", "", "")]
    [InlineData("a 5.1, b 5.1, c 5.8", "a 16", "a 10", "b 5, c 5")]
    [InlineData("a 5, b 5.6, c 5.4", "a 16", "a 11", "b 6, c 5")]
    [InlineData("a 5, b 5.6, c 5.4", "b 8, c 8", "b 2, c 3", "a 5")]
    [InlineData("a 5, b 5, c 5", "a 6, b 6, c 6", "", "")]
    [InlineData("a 3.5, b 3.5, c 3", "a 5, b 2, c 3", "a 1", "b 1")]
    [InlineData("a 1, b 1", "x 2", "", "")]
    [InlineData("a 0.5, b 1.5", "a 2", "a 1", "b 1")]
    public void Zones_lend_whole_endpoints_and_not_for_less_than_half_of_one(string desired, string hinted, string giving, string receiving)
    {
        var balance = Balance(desired, hinted);
        Assert.Equal(giving, Text(balance.Giving));
        Assert.Equal(receiving, Text(balance.Receiving));
    }

    [Fact]
    public void An_endpoint_is_lent_to_the_zone_that_needs_most_until_there_is_none_to_lend()
    {
        var balance = Balance("a 1, b 1, c 2, d 1", "a 5");
        Assert.Null(balance.TryGive("b"));
        Assert.Null(balance.TryGive("elsewhere"));
        Assert.Equal(["c", "b", "c", "d", null], Enumerable.Range(0, 5).Select(_ => balance.TryGive("a")));
    }

    private static ZoneBalance Balance(string desired, string hinted) => ZoneBalance.Of(
        [.. Read(desired).Select(z => new ZoneAllocation(z.Zone, 0, 0, z.Amount))], Read(hinted).ToDictionary(z => z.Zone, z => (int)z.Amount));

    private static IEnumerable<(string Zone, double Amount)> Read(string text) =>
        text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(z => (z[..1], double.Parse(z[2..], System.Globalization.CultureInfo.InvariantCulture)));

    private static string Text(IReadOnlyDictionary<string, int> amounts) => string.Join(", ", amounts.Select(a => $"{a.Key} {a.Value}"));
}
