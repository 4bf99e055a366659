using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Ipvs;

/// <summary>However a model came about, the kernel holds the same, and packets fare as with iptables.</summary>
public sealed class RandomEditTests(ITestOutputHelper output)
{
    private const int Edits = 10_000;
    private const int ComparedEvery = 250;
    private const int Services = 12;
    private const string Pod = "10.244.1.99";
    private const string Outside = "203.0.113.7";
    private const string Stranger = "198.18.0.1";

    [Fact]
    public async Task Ten_thousand_edits_applied_one_after_the_other_equal_everything_from_scratch()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var objects = new RandomObjects(random, Services);
        var ipvs = new IpvsWorld(new World());
        await ipvs.SyncAsync();
        for (var edit = 1; edit <= Edits; edit++)
        {
            objects.Edit(ipvs.World);
            // Sometimes several edits travel together, as they do when a sync takes its time.
            if (random.Next(4) != 0) await ipvs.SyncAsync();
            if (edit % ComparedEvery != 0) continue;
            await ipvs.SyncAsync();
            Assert.Null(await ipvs.Backend.CheckAsync(true, TestContext.Current.CancellationToken));
            Assert.True((await ipvs.FromScratchAsync()).Save() == ipvs.Save(), $"differs after edit {edit} of seed {seed}");
        }
    }

    [Fact]
    public async Task Open_connections_and_restarts_change_nothing_of_that_once_they_have_ended()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var objects = new RandomObjects(random, Services);
        var ipvs = new IpvsWorld(new World());
        await ipvs.SyncAsync();
        for (var edit = 1; edit <= 1000; edit++)
        {
            objects.Edit(ipvs.World);
            foreach (var last in (int[])[1, 2, 3, 4]) ipvs.Kernel.Connections[new(System.Net.IPAddress.Parse($"10.244.1.{last}"), 8080)] = random.Next(2);
            await ipvs.SyncAsync();
            if (random.Next(20) == 0) await ipvs.RestartAsync();
        }
        ipvs.Kernel.Connections.Clear();
        await ipvs.Backend.CheckAsync(true, TestContext.Current.CancellationToken);

        Assert.True((await ipvs.FromScratchAsync()).Save() == ipvs.Save(), $"differs after seed {seed}");
    }

    [Fact]
    public async Task Every_flow_of_four_hundred_models_fares_as_with_iptables()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var objects = new RandomObjects(random, Services) { Shares = false };
        var world = new World();
        for (var model = 0; model < 400; model++)
        {
            for (var edit = 0; edit < 5; edit++) objects.Edit(world);
            world.SyncFull();
            var ipvs = new IpvsWorld(world);
            await ipvs.ProgramAsync(world.Model);
            foreach (var state in world.Model.Services.Values) AssertSame(world, ipvs, state, $"model {model} of seed {seed}: {state}");
        }
    }

    private static void AssertSame(World world, IpvsWorld ipvs, ServiceState state, string what)
    {
        var port = state.Port;
        var protocol = port.Name.Protocol.LowerName();
        string[] ways = [.. port.ExternalIPs.Concat(port.LoadBalancerIPs).Select(address => $"{address}:{port.Port}")];
        string[] nodePorts = port.NodePort == 0 ? [] : [$"{Given.NodeAddress}:{port.NodePort}"];
        foreach (var client in (string[])[Pod, Outside, Stranger, Given.NodeAddress, .. state.Endpoints.Select(endpoint => $"{endpoint.Address}")])
        {
            foreach (var way in (string[])[$"{port.ClusterIP}:{port.Port}", .. ways, .. nodePorts])
            {
                var expected = world.Trace(client, way, protocol);
                // With iptables the node's own packets to an external address leave it when no endpoint is there; IPVS has the address itself.
                if (client == Given.NodeAddress && ways.Contains(way) && expected == "none") expected = "REJECT";
                var actual = ipvs.Trace(client, way, protocol);
                Assert.True(expected == actual, $"{client} to {way}: {actual} in place of {expected} in {what}");
            }
        }
    }
}
