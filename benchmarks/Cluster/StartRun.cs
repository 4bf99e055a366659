using System.Diagnostics;
using System.Globalization;
using MiniK8s.Benchmarks.Measuring;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Benchmarks.Cluster;

/// <summary>
/// From the start of the process to "ready" (API server, controllers, registered node, pod network, kernel rules), on an empty data
/// directory, beside the same program that starts, finds nothing to do and ends: the floor of the runtime.
/// </summary>
internal static class StartRun
{
    private const int Rounds = 5;

    /// <summary>Runs and reports; about 40 seconds.</summary>
    public static async Task RunAsync()
    {
        await using var node = await BenchmarkNode.StartAsync();
        var (ready, floor, ratios, memory) = (new Samples(), new Samples(), new Samples(), new Samples());
        // The first round warms the disk's cache and is not counted.
        for (var round = 0; round <= Rounds; round++)
        {
            var (process, time) = await node.UpAsync(round);
            var resident = Machine.ResidentMiB(process.Id);
            await node.RunAsync("down", "--data-dir", node.DataDirectory);
            await process.DisposeAsync();
            var began = Stopwatch.GetTimestamp();
            await Command.RunAsync(Programs.MiniK8s("down", "--data-dir", node.DataDirectory));
            var nothing = Stopwatch.GetElapsedTime(began);
            if (round == 0) continue;
            ready.Add(time.TotalSeconds);
            floor.Add(nothing.TotalSeconds);
            ratios.Add(time / nothing);
            memory.Add(resident);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"up to ready: median {ready.Median:0.00} s ({ready.Percentile(0):0.00} to {ready.Percentile(100):0.00}), {Rounds} runs"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the program doing nothing: median {floor.Median:0.00} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RATIO up/nothing: {ratios.Median:0.0} (median of rounds)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resident memory of the one process when ready: median {memory.Median:0} MiB"));
    }
}
