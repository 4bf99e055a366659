namespace MiniK8s.Proxy;

/// <summary>
/// Keeps the process small. Left to itself the runtime lets garbage grow to the size of the processor's cache, often more than all
/// that the proxy holds, before it collects; and what reading the first lists took it keeps for long. For a process of its own
/// only: others have other needs.
/// </summary>
internal static class Thrift
{
    /// <summary>How much garbage may be made: that of some hundred changes.</summary>
    private const long Allowance = 4 << 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Works until cancelled.</summary>
    /// <param name="ready">When the first rules are in the kernel: until then speed counts.</param>
    /// <param name="clock">Time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(Task ready, TimeProvider clock, CancellationToken cancellationToken)
    {
        await ready.WaitAsync(cancellationToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var collected = GC.GetTotalAllocatedBytes();
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var allocated = GC.GetTotalAllocatedBytes();
            if (allocated - collected < Allowance) continue;
            GC.Collect(1, GCCollectionMode.Forced);
            collected = allocated;
        }
    }
}
