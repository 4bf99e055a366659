using System.Diagnostics;
using MiniK8s.Benchmarks.Measuring;

namespace MiniK8s.Benchmarks.Cluster;

/// <summary>Closed-loop load: so many workers, each with one request at a time, for so long.</summary>
internal static class Load
{
    private static long names;

    /// <summary>Runs it; every request gets a name that no other has.</summary>
    public static async Task<LoadResult> RunAsync(int workers, TimeSpan time, Func<string, Task> request)
    {
        var began = Stopwatch.GetTimestamp();
        var loops = Enumerable.Range(0, workers).Select(_ => Task.Run(() => LoopAsync(began, time, request))).ToList();
        var latencies = await Task.WhenAll(loops);
        var elapsed = Stopwatch.GetElapsedTime(began);
        var result = new LoadResult();
        foreach (var latency in latencies) result.Milliseconds.Add(latency);
        result.PerSecond.Add(result.Milliseconds.Count / elapsed.TotalSeconds);
        return result;
    }

    private static async Task<Samples> LoopAsync(long began, TimeSpan time, Func<string, Task> request)
    {
        var latencies = new Samples();
        while (Stopwatch.GetElapsedTime(began) < time)
        {
            var start = Stopwatch.GetTimestamp();
            await request($"n{Interlocked.Increment(ref names)}");
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return latencies;
    }
}

/// <summary>Requests a second, one value per round, and the time that each request took.</summary>
internal sealed record LoadResult
{
    /// <summary>Requests a second.</summary>
    public Samples PerSecond { get; } = new();

    /// <summary>Latencies.</summary>
    public Samples Milliseconds { get; } = new();

    /// <summary>Takes up another round.</summary>
    public void Add(LoadResult round)
    {
        PerSecond.Add(round.PerSecond);
        Milliseconds.Add(round.Milliseconds);
    }
}
