using System.Diagnostics;
using System.Globalization;
using MiniK8s.Api.Serialization;
using MiniK8s.Benchmarks.Measuring;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>
/// The proxy's memory: alone, with all Services, and after changes. The floor is the same process with no Service but one: runtime, web
/// server, HTTP client.
/// </summary>
internal static class MemoryRun
{
    private const int DefaultServices = 10_000;
    private const int DefaultChanges = 1000;
    private const int Writers = 4;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>Runs and reports; about a minute.</summary>
    public static async Task RunAsync(ProxyArguments arguments)
    {
        Console.WriteLine("                         Services   resident MiB   of it private   peak   processor s   start to reachable s");
        foreach (var program in arguments.Programs)
        {
            await MeasureAsync(program, 0, arguments);
            foreach (var services in arguments.Services.DefaultIfEmpty(DefaultServices)) await MeasureAsync(program, services, arguments);
        }
    }

    private static async Task MeasureAsync(ProxyProgram program, int services, ProxyArguments arguments)
    {
        await using var node = await ProxyNode.StartAsync();
        await Populace.CreateAsync(node, services, arguments.Endpoints);
        await using var beacon = await Beacon.CreateAsync(node, services, isLit: true);
        var began = Stopwatch.GetTimestamp();
        await using var proxy = ProxyProcess.Start(program, node.Node, node.Kubeconfig);
        var reached = await beacon.UntilAsync(isLit: true, proxy);
        Write(program.Name, services, proxy.Usage, Stopwatch.GetElapsedTime(began, reached));
        await Task.Delay(Settling, TimeProvider.System);
        Write("  settled", services, proxy.Usage, null);
        if (services == 0) return;
        var changes = arguments.Rounds ?? DefaultChanges;
        var before = proxy.Usage.Processor;
        await Parallel.ForEachAsync(Enumerable.Range(0, changes), new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (change, _) =>
            await Populace.ReplaceAsync(node, change % services, ApiSerializer.Serialize(WorldObjects.Slice(change % services, arguments.Endpoints, 1))));
        await beacon.SetAsync(beacon.Slice(isLit: false));
        await beacon.UntilAsync(isLit: false, proxy);
        Write($"  and {changes} changes", services, proxy.Usage, null);
        await Task.Delay(Settling, TimeProvider.System);
        Write("  settled again", services, proxy.Usage, null);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  processor time of the changes: {(proxy.Usage.Processor - before).TotalMilliseconds:0} ms"));
    }

    private static void Write(string what, int services, ProcessUsage usage, TimeSpan? time) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-22}   {services,8}   {usage.ResidentMiB,12:0.0}   {usage.PrivateMiB,13:0.0}   {usage.PeakMiB,4:0}   {usage.Processor.TotalSeconds,11:0.00}   {time?.TotalSeconds,20:0.00}"));
}
