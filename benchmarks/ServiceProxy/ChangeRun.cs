using System.Globalization;
using MiniK8s.Api.Serialization;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>
/// One endpoint of one Service changes: from the event's bytes to the kernel's acknowledgement, beside the same bytes sent bare in a
/// second namespace with the same tables. Changes that come one right after the other, and changes that come two milliseconds apart. All
/// sizes by turns, so that a slope over them is one of the same minutes.
/// </summary>
internal static class ChangeRun
{
    private const int Targets = 16;
    private const int RowsPerRound = 10;
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
                foreach (var pair in pairs) await pair.MeasureApartAsync(isCounted: round >= 0);
            }

            // An iptables-restore takes so long that whatever came before it is forgotten.
            for (var round = -rounds; isNetlink && round < RowsPerRound * rounds; round++)
            {
                foreach (var pair in pairs) await pair.MeasureInARowAsync(isCounted: round >= 0);
            }

            Console.WriteLine($"{arguments.Mode}, {arguments.Endpoints} endpoints each; microseconds from an event's bytes to the kernel's acknowledgement\n");
            if (isNetlink) Report(pairs, areApart: false);
            Report(pairs, areApart: true);
        }
        finally
        {
            foreach (var pair in pairs) await pair.DisposeAsync();
        }

        foreach (var program in arguments.Programs.Skip(1)) await PeerAsync(program, sizes, arguments);
    }

    private static void Report(List<ChangePair> pairs, bool areApart)
    {
        foreach (var kind in ChangePair.Kinds)
        {
            Console.WriteLine($"{kind}, {(areApart ? "each two milliseconds after the one before" : "each right after the one before")}");
            Console.WriteLine("Services      p50      p99   bare p50      p99   RATIO to bare   decoding   tracking   messages   bytes   garbage");
            foreach (var pair in pairs)
            {
                var (series, sent) = (pair.Series[(kind, areApart)], pair.Sent[kind]);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{pair.Services,8} {series.Ours.Median,8:0.0} {series.Ours.Percentile(99),8:0.0}   {series.Bare.Median,8:0.0} {series.Bare.Percentile(99),8:0.0}   {series.Ratio.Median,13:0.00}   {series.Decoding.Median,8:0.0}   {series.Tracking.Median,8:0.0}   {sent.Messages,8}   {sent.Bytes,5}   {series.Garbage.Median,7:0}"));
            }

            if (pairs.Count > 1) Console.WriteLine(Slope(pairs[0], pairs[^1], (kind, areApart)));
            Console.WriteLine();
        }
    }

    private static string Slope(ChangePair first, ChangePair last, (string Kind, bool AreApart) key)
    {
        var (few, many) = (first.Series[key], last.Series[key]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SLOPE {last.Services}/{first.Services}: {many.Ours.Median / few.Ours.Median:0.00}, bare {many.Bare.Median / few.Bare.Median:0.00}");
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
