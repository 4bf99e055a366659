using System.Diagnostics;
using System.Globalization;
using MiniK8s.Api.Serialization;
using MiniK8s.Benchmarks.Measuring;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>Ten changes a second for a while: what the proxy's process takes of a core, and whether its memory grows.</summary>
internal static class SoakRun
{
    private const int DefaultServices = 10_000;
    private const int ChangesPerSecond = 10;
    private const int Lines = 10;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>Runs and reports.</summary>
    public static async Task RunAsync(ProxyArguments arguments)
    {
        foreach (var program in arguments.Programs)
        {
            foreach (var services in arguments.Services.DefaultIfEmpty(DefaultServices)) await SoakAsync(program, services, arguments);
        }
    }

    private static async Task SoakAsync(ProxyProgram program, int services, ProxyArguments arguments)
    {
        await using var node = await ProxyNode.StartAsync();
        await Populace.CreateAsync(node, services, arguments.Endpoints);
        await using var beacon = await Beacon.CreateAsync(node, services, isLit: true);
        await using var proxy = ProxyProcess.Start(program, node.Node, node.Kubeconfig);
        await beacon.UntilAsync(isLit: true, proxy);
        // What belongs to the start shall be over.
        await Task.Delay(Quiet, TimeProvider.System);
        Console.WriteLine($"{program.Name}, {services} Services, {arguments.Endpoints} endpoints each, {ChangesPerSecond} changes a second\n");
        Console.WriteLine("  after s   % of a core   microseconds a change   resident MiB   private");
        await using var floor = new BareWakening();
        var part = TimeSpan.FromMinutes(arguments.Minutes) / Lines;
        var (change, first) = (0, proxy.Usage);
        Write(TimeSpan.Zero, null, first);
        var began = Stopwatch.GetTimestamp();
        for (var line = 1; line <= Lines; line++)
        {
            var before = proxy.Usage;
            var (from, start) = (change, Stopwatch.GetTimestamp());
            change = await ChangeForAsync(part, change, async number =>
            {
                // Another Service each time, and another pod in it each time that its turn comes.
                var slice = WorldObjects.Slice(number % services, arguments.Endpoints, (number / services) + 1);
                await Populace.ReplaceAsync(node, number % services, ApiSerializer.Serialize(slice));
                await floor.WakeAsync();
            });
            var used = proxy.Usage;
            proxy.MustRun();
            Write(Stopwatch.GetElapsedTime(began), (used.Processor - before.Processor, Stopwatch.GetElapsedTime(start), change - from), used);
        }

        var (last, all) = (proxy.Usage, Stopwatch.GetElapsedTime(began));
        var bare = floor.Processor;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{change} changes: {(last.Processor - first.Processor) / all * 100:0.00} % of a core, {last.ResidentMiB - first.ResidentMiB:+0.0;-0.0} MiB"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"floor, a bare process that is woken as often: {bare / all * 100:0.00} %; RATIO {(last.Processor - first.Processor) / bare:0.0}\n"));
    }

    private static async Task<int> ChangeForAsync(TimeSpan time, int change, Func<int, Task> changeAsync)
    {
        var began = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1) / ChangesPerSecond, TimeProvider.System);
        while (Stopwatch.GetElapsedTime(began) < time && await tick.WaitForNextTickAsync()) await changeAsync(change++);
        return change;
    }

    private static void Write(TimeSpan after, (TimeSpan Processor, TimeSpan Time, int Changes)? part, ProcessUsage usage) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {after.TotalSeconds,7:0}   {(part is { } p ? p.Processor / p.Time * 100 : null),11:0.00}   {(part is { } q ? q.Processor.TotalMicroseconds / q.Changes : null),21:0}   {usage.ResidentMiB,12:0.0}   {usage.PrivateMiB,7:0.0}"));
}
