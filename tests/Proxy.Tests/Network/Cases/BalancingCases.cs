using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>How connections are spread over endpoints, counted.</summary>
public abstract class BalancingCases(ServiceLab lab) : FlowCases(lab)
{
    private const int Each = 80;

    /// <summary>The limits are those below which 99.99 % of all fair spreads stay (chi-square; one degree of freedom less than endpoints).</summary>
    [Theory]
    [InlineData(3, 18.42)]
    [InlineData(5, 23.51)]
    [InlineData(7, 27.86)]
    public async Task Chance_spreads_connections_evenly(int endpoints, double limit)
    {
        await GiveAsync(Site.Service(), Some(endpoints));

        var counts = await CountAsync(Pod, Site.Cluster, endpoints * Each);

        Assert.Equal(endpoints, counts.Count);
        var chiSquare = counts.Values.Sum(count => (double)(count - Each) * (count - Each) / Each);
        Assert.True(chiSquare < limit, $"chi-square {chiSquare} of {string.Join(", ", counts)}");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Round_robin_gives_every_endpoint_exactly_its_turn(int endpoints)
    {
        await GiveAsync(Site.InTurn(Site.Service()), Some(endpoints));

        var order = new List<string>();
        for (var i = 0; i < endpoints * 4; i++) order.Add((await Dial.TcpAsync(Pod, Site.Cluster)).Split(' ')[0]);

        Assert.Equal(endpoints, order.Take(endpoints).Distinct().Count());
        foreach (var round in order.Chunk(endpoints)) Assert.Equal(order.Take(endpoints), round);
    }

    [Fact]
    public async Task Chance_is_fair_again_after_endpoints_came_and_went()
    {
        const double Limit = 18.42;
        foreach (var count in (int[])[2, 7, 4, 5]) Put(Site.Service(), Some(count));
        await GiveAsync(Site.Service(), Some(3));

        var counts = await CountAsync(Pod, Site.Cluster, 3 * Each);

        Assert.Equal(3, counts.Count);
        var chiSquare = counts.Values.Sum(count => (double)(count - Each) * (count - Each) / Each);
        Assert.True(chiSquare < Limit, $"chi-square {chiSquare} of {string.Join(", ", counts)}");
    }

    private Endpoint[] Some(int count) => [.. Net.FurtherEndpoints.Take(count).Select(Given.Local)];
}
