using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Proxy;

/// <summary>
/// Keeps the process small. Left to itself the runtime lets garbage grow to the size of the processor's cache, often more than all
/// that the proxy holds, before it collects; and what reading the first lists took it keeps for long. For a process of its own
/// only: others have other needs.
/// </summary>
/// <param name="proxy">When it is ready its first rules are in the kernel: until then speed counts.</param>
/// <param name="clock">Time.</param>
internal sealed class Thrift(IComponent proxy, TimeProvider clock) : IComponent
{
    /// <summary>How much garbage may be made: that of some hundred changes.</summary>
    private const long Allowance = 4 << 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => "thrift";

    /// <inheritdoc/>
    public Task Ready => proxy.Ready;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A proxy that cannot start says so itself.
        await proxy.Ready.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
