using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>Connections that are open live on, and segments that belong to none go nowhere.</summary>
public abstract class ConnectionCases(ServiceLab lab) : FlowCases(lab)
{
    [Fact]
    public async Task Open_connections_outlive_every_change_of_their_service()
    {
        await GiveAsync(Site.Open(), One);
        var lines = new List<(Dial.Line Line, string Answer)>();
        try
        {
            foreach (var (from, address) in new[] { (Pod, Site.Cluster), (Outside, NodePort), (Outside, Site.Ingress), (Node, Site.Cluster) })
            {
                var line = await Dial.Line.OpenAsync(from, address);
                lines.Add((line, await line.AskAsync()));
            }

            // The endpoint is out of the Service, but its pod is alive: new connections go elsewhere, old ones stay.
            await GiveAsync(Site.Open(), Two);
            await StayAsync(lines);
            await ExpectAsync($"two {Net.Client.Address}", Pod, Site.Cluster);
            await GiveAsync(Site.Open(spec => spec with { ExternalTrafficPolicy = "Local", InternalTrafficPolicy = "Local" }), Far);
            await StayAsync(lines);
            await GiveAsync(Site.Open());
            await StayAsync(lines);
            await ExpectAsync(Dial.Refused, Pod, Site.Cluster);
            Net.Api.Delete<Service>(Site.Name);
            Net.Api.Delete<EndpointSlice>($"{Site.Name}-1");
            await SettleAsync();
            await StayAsync(lines);
        }
        finally
        {
            lines.ForEach(line => line.Line.Dispose());
        }
    }

    [Fact]
    public async Task A_segment_that_conntrack_cannot_place_does_not_cross_the_node()
    {
        await GiveAsync(Site.Service(), One);
        using var watch = SegmentWatch.Start(Net.Far);

        // A reset of a connection that nobody knows, then flags that no segment may carry; the last is a proper first segment.
        await watch.SendAsync(Net.Client, sourcePort: 41001, TcpFlags.Reset);
        await watch.SendAsync(Net.Client, sourcePort: 41002, TcpFlags.Syn | TcpFlags.Fin);
        await watch.SendAsync(Net.Client, sourcePort: 41003, TcpFlags.Syn);

        Assert.Equal(41003, await watch.FirstAsync());
    }

    private static async Task StayAsync(List<(Dial.Line Line, string Answer)> lines)
    {
        foreach (var (line, answer) in lines) Assert.Equal(answer, await line.AskAsync());
    }
}
