using System.Diagnostics;
using System.Globalization;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Benchmarks.Measuring;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>
/// From empty tables to all Services: the proxy's own code from the objects to the kernel's acknowledgement, beside the same bytes sent
/// bare; and the process as a whole, from its start to the first connection through the Service that it learns of last.
/// </summary>
internal static class ColdStartRun
{
    private const int DefaultRounds = 5;
    private static readonly TimeSpan QuietLimit = TimeSpan.FromSeconds(20);

    /// <summary>Runs and reports.</summary>
    public static async Task RunAsync(ProxyArguments arguments)
    {
        var sizes = arguments.Services.Count > 0 ? arguments.Services : arguments.Mode == "nftables" ? [10_000] : [2000];
        Console.WriteLine($"{arguments.Mode}, {arguments.Endpoints} endpoints each; seconds, medians\n");
        Console.WriteLine("Services   objects to model   model to kernel   its processor time   bare   RATIO to bare (median of rounds)   MB sent");
        foreach (var size in sizes) await CompareAsync(arguments, size);
        Console.WriteLine("\n                         Services   process started to reachable   processor s");
        foreach (var program in arguments.Programs)
        {
            foreach (var size in sizes) await ProcessAsync(program, size, arguments.Endpoints);
        }
    }

    private static async Task CompareAsync(ProxyArguments arguments, int size)
    {
        var (model, kernel, floor, ratios, work) = (new Samples(), new Samples(), new Samples(), new Samples(), new Samples());
        var services = Enumerable.Range(0, size).Select(WorldObjects.Service).ToList();
        var slices = Enumerable.Range(0, size).Select(number => WorldObjects.Slice(number, arguments.Endpoints)).ToList();
        var sent = await RecordAsync(arguments.Mode, services, slices);
        // The first round compiles the code and is not counted.
        for (var round = -1; round < (arguments.Rounds ?? DefaultRounds); round++)
        {
            var replay = await BareAsync(arguments.Mode, sent);
            await Machine.QuietAsync(QuietLimit);
            await using var ours = await ProgrammedNode.CreateAsync(arguments.Mode);
            var began = Stopwatch.GetTimestamp();
            services.ForEach(ours.Tell);
            slices.ForEach(slice => ours.Tell(slice));
            var told = Stopwatch.GetElapsedTime(began);
            var before = Environment.CpuUsage.TotalTime;
            var sync = await ours.SyncAsync();
            var used = Environment.CpuUsage.TotalTime - before;
            if (round < 0) continue;
            model.Add(told.TotalSeconds);
            kernel.Add(sync.TotalSeconds);
            work.Add(used.TotalSeconds);
            floor.Add(replay.TotalSeconds);
            ratios.Add(sync / replay);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{size,8}   {model.Median,16:0.000}   {kernel.Median,15:0.000}   {work.Median,18:0.000}   {floor.Median,4:0.000}   {ratios.Median,13:0.00} ({ratios.Percentile(0):0.00} to {ratios.Percentile(100):0.00})   {sent.Bytes / 1e6,17:0.0}"));
    }

    /// <summary>
    /// Not beside a proxy: while anybody on the machine listens for news of nf_tables, in whatever namespace, the kernel makes news of every
    /// element, and a proxy listens once it has written.
    /// </summary>
    private static async Task<TimeSpan> BareAsync(string mode, Recording sent)
    {
        // The kernel takes its time to clear the namespaces of the round before.
        await Machine.QuietAsync(QuietLimit);
        await using var bare = await BareKernel.CreateAsync(mode);
        return await bare.ReplayAsync(sent);
    }

    private static async Task<Recording> RecordAsync(string mode, List<Api.Core.V1.Service> services, List<EndpointSlice> slices)
    {
        await using var other = await ProgrammedNode.CreateAsync(mode);
        services.ForEach(other.Tell);
        slices.ForEach(slice => other.Tell(slice));
        return await other.RecordAsync(() => other.SyncAsync());
    }

    private static async Task ProcessAsync(ProxyProgram program, int size, int endpoints)
    {
        await using var node = await ProxyNode.StartAsync();
        await Populace.CreateAsync(node, size, endpoints);
        await using var beacon = await Beacon.CreateAsync(node, size, isLit: true);
        var began = Stopwatch.GetTimestamp();
        await using var proxy = ProxyProcess.Start(program, node.Node, node.Kubeconfig);
        var reached = Stopwatch.GetElapsedTime(began, await beacon.UntilAsync(isLit: true, proxy));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{program.Name,-22}   {size,8}   {reached.TotalSeconds,28:0.00}   {proxy.Usage.Processor.TotalSeconds,11:0.00}"));
    }
}
