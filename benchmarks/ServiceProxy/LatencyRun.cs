using System.Diagnostics;
using System.Globalization;
using MiniK8s.Benchmarks.Measuring;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>
/// From the API's acknowledgement of an EndpointSlice to the first connection that reaches the endpoint in it: real API server, real
/// proxy, a listening socket in a pod's namespace, all on one machine. The same script for each proxy, by its own defaults.
/// </summary>
internal static class LatencyRun
{
    private const int DefaultServices = 1000;
    private const int DefaultRounds = 200;

    /// <summary>Runs and reports.</summary>
    public static async Task RunAsync(ProxyArguments arguments)
    {
        Console.WriteLine("milliseconds from the API's acknowledgement\n");
        Console.WriteLine("                         store    Services   reachable p50     p90     p99     max   refused again p50     p99   the write itself p50");
        foreach (var services in arguments.Services.DefaultIfEmpty(DefaultServices))
        {
            foreach (var store in (string[])["memory", "sqlite"])
            {
                foreach (var program in arguments.Programs) await MeasureAsync(program, store, services, arguments);
            }
        }
    }

    private static async Task MeasureAsync(ProxyProgram program, string store, int services, ProxyArguments arguments)
    {
        await using var node = await ProxyNode.StartAsync(store);
        await Populace.CreateAsync(node, services, arguments.Endpoints);
        await using var beacon = await Beacon.CreateAsync(node, services, isLit: false);
        await using var proxy = ProxyProcess.Start(program, node.Node, node.Kubeconfig);
        await beacon.UntilAsync(isLit: false, proxy);
        var (reachable, refused, write) = (new Samples(), new Samples(), new Samples());
        var rounds = arguments.Rounds ?? DefaultRounds;
        for (var round = -rounds / 4; round < rounds; round++)
        {
            var on = await TurnAsync(beacon, isLit: true, proxy);
            var off = await TurnAsync(beacon, isLit: false, proxy);
            if (round < 0) continue;
            reachable.Add(on.Effect);
            refused.Add(off.Effect);
            write.Add(on.Write);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{program.Name,-22}   {store,-6}   {services,8}   {reachable.Median,13:0.00}   {reachable.Percentile(90),5:0.00}   {reachable.Percentile(99),5:0.00}   {reachable.Percentile(100),5:0.00}   {refused.Median,17:0.00}   {refused.Percentile(99),5:0.00}   {write.Median,20:0.00}"));
    }

    // The effect may come before the acknowledgement: the server tells its watchers at the same time as its client.
    private static async Task<(double Effect, double Write)> TurnAsync(Beacon beacon, bool isLit, ProxyProcess proxy)
    {
        var slice = beacon.Slice(isLit);
        var effect = beacon.UntilAsync(isLit, proxy);
        var began = Stopwatch.GetTimestamp();
        await beacon.SetAsync(slice);
        var acknowledged = Stopwatch.GetTimestamp();
        return (Math.Max(0, Stopwatch.GetElapsedTime(acknowledged, await effect).TotalMilliseconds), Stopwatch.GetElapsedTime(began, acknowledged).TotalMilliseconds);
    }
}
