using System.Runtime.InteropServices;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Proxy;

/// <summary>
/// Keeps the process small. Left to itself the runtime lets garbage grow to the size of the processor's cache, often more than all
/// that the proxy holds, before it collects; and what reading the first lists took it keeps for long. For a process of its own
/// only: others have other needs.
/// </summary>
/// <param name="proxy">When it is ready its first rules are in the kernel.</param>
/// <param name="clock">Time.</param>
internal sealed partial class Thrift(IComponent proxy, TimeProvider clock) : IComponent
{
    /// <summary>How much garbage may be made: that of some hundred changes.</summary>
    private const long Allowance = 4 << 20;

    /// <summary>While the first lists are read, speed counts as well.</summary>
    private const long StartAllowance = 16 << 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CompactionInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StartInterval = TimeSpan.FromMilliseconds(50);
    private long collected;
    private long compacted;
    private long settled;

    /// <summary>To be called before anything else. What it asks of the runtime can be asked only by its environment; what is there already stays.</summary>
    public static void Prepare()
    {
        // What comes from a socket is read by the thread that was woken for it, which does not wake another one first.
        Ask("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        // The first lists take many buffers at once, of which later hardly one is used; the pool would keep them all.
        Ask("DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION", "4");

        static void Ask(string name, string value)
        {
            if (Environment.GetEnvironmentVariable(name) is null) Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <inheritdoc/>
    public string Name => "thrift";

    /// <inheritdoc/>
    public Task Ready => proxy.Ready;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!proxy.Ready.IsCompleted)
        {
            await Task.WhenAny(proxy.Ready, Task.Delay(StartInterval, clock, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            CollectSome(StartAllowance);
        }

        CollectAll();
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            CollectSome(Allowance);
            GiveBackSome();
        }
    }

    /// <summary>What many changes at once took is given back within a minute: a pause of some ten milliseconds, and only after such.</summary>
    private void GiveBackSome()
    {
        if (clock.GetElapsedTime(compacted) < CompactionInterval) return;
        compacted = clock.GetTimestamp();
        if (GC.GetGCMemoryInfo().TotalCommittedBytes - settled > Allowance) CollectAll();
    }

    private void CollectAll()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        TrimNative();
        settled = GC.GetGCMemoryInfo().TotalCommittedBytes;
        compacted = clock.GetTimestamp();
    }

    private void CollectSome(long allowance)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - collected < allowance) return;
        GC.Collect(1, GCCollectionMode.Forced);
        collected = allocated;
    }

    /// <summary>What the compiler took to compile, the C library keeps too.</summary>
    private static void TrimNative()
    {
        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than GNU's.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keep);
}
