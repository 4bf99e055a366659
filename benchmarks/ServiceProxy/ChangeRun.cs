using System.Globalization;
using MiniK8s.Api.Serialization;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>
/// One endpoint of one Service changes: from the event's bytes to the kernel's acknowledgement, beside the same bytes sent bare in a
/// second namespace with the same tables. All sizes by turns, so that a slope over them is one of the same minutes.
/// </summary>
internal static class ChangeRun
{
    private const int Targets = 16;
    private static readonly int[] NftSizes = [1000, 10_000, 50_000];
    private static readonly int[] IptablesSizes = [2000];

    /// <summary>Runs and reports.</summary>
    public static async Task RunAsync(ProxyArguments arguments)
    {
        var isNetlink = arguments.Mode == "nftables";
        var sizes = arguments.Services.Count > 0 ? arguments.Services : isNetlink ? NftSizes : IptablesSizes;
        var (rounds, perRound) = (arguments.Rounds ?? (isNetlink ? 40 : 10), isNetlink ? Targets : 2);
        var pairs = new List<ChangePair>();
        try
        {
            foreach (var size in sizes) pairs.Add(await ChangePair.CreateAsync(arguments.Mode, size, arguments.Endpoints, perRound));
            // The first rounds compile the code and are not counted.
            for (var round = -rounds / 4; round < rounds; round++)
            {
                foreach (var pair in pairs) await pair.MeasureAsync(isCounted: round >= 0);
            }

            Report(arguments, pairs);
        }
        finally
        {
            foreach (var pair in pairs) await pair.DisposeAsync();
        }

        foreach (var program in arguments.Programs.Skip(1)) await PeerAsync(program, sizes, arguments);
    }

    private static void Report(ProxyArguments arguments, List<ChangePair> pairs)
    {
        Console.WriteLine($"{arguments.Mode}, {arguments.Endpoints} endpoints each; microseconds from an event's bytes to the kernel's acknowledgement\n");
        foreach (var kind in ChangePair.Kinds)
        {
            Console.WriteLine($"{kind}\nServices      p50      p99   bare p50      p99   RATIO to bare   decoding   tracking   messages   bytes   garbage");
            foreach (var pair in pairs)
            {
                var (ours, bare, cost) = (pair.Ours[kind], pair.Bare[kind], pair.Costs[kind]);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{pair.Services,8} {ours.Median,8:0.0} {ours.Percentile(99),8:0.0}   {bare.Median,8:0.0} {bare.Percentile(99),8:0.0}   {pair.Ratios[kind].Median,13:0.00}   {cost.Decoding.Median,8:0.0}   {cost.Tracking.Median,8:0.0}   {pair.Sent[kind].Messages,8}   {pair.Sent[kind].Bytes,5}   {cost.Allocated.Median,7:0}"));
            }

            if (pairs.Count < 2) continue;
            var (first, last) = (pairs[0], pairs[^1]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"SLOPE {last.Services}/{first.Services}: {last.Ours[kind].Median / first.Ours[kind].Median:0.00}, bare {last.Bare[kind].Median / first.Bare[kind].Median:0.00}\n"));
        }
    }

    /// <summary>By its own count of the time of its syncs: it cannot be had without its process.</summary>
    private static async Task PeerAsync(ProxyProgram program, IReadOnlyList<int> sizes, ProxyArguments arguments)
    {
        foreach (var size in sizes)
        {
            await using var node = await ProxyNode.StartAsync();
            await Populace.CreateAsync(node, size, arguments.Endpoints);
            await using var beacon = await Beacon.CreateAsync(node, size, isLit: true);
            await using var proxy = ProxyProcess.Start(program, node.Node, node.Kubeconfig);
            await beacon.UntilAsync(isLit: true, proxy);
            var before = await proxy.SyncsAsync();
            for (var round = 0; round < 2 * (arguments.Rounds ?? 5); round++)
            {
                var isLit = round % 2 == 1;
                await Populace.ReplaceAsync(node, 0, ApiSerializer.Serialize(WorldObjects.Slice(0, arguments.Endpoints, round)));
                await beacon.SetAsync(beacon.Slice(isLit));
                await beacon.UntilAsync(isLit, proxy);
            }

            var after = await proxy.SyncsAsync();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{program.Name}, {size} Services: {(after.Seconds - before.Seconds) / (after.Count - before.Count) * 1e6:0} microseconds a sync, mean of {after.Count - before.Count:0}, by its own metrics"));
        }
    }
}
