using System.Collections.Concurrent;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>
/// A thread that lives in a network namespace: what runs on it opens its sockets and starts its programs in there. Awaits come back to
/// it, so that the product's own code runs as it would in a process inside.
/// </summary>
internal sealed class NamespaceThread : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Work, object? State)> queue = [];
    private readonly TaskCompletionSource entered = new();
    private readonly Thread thread;

    private NamespaceThread(NetworkNamespace inside)
    {
        thread = new Thread(() => Live(inside)) { IsBackground = true, Name = inside.Name };
        thread.Start();
    }

    /// <summary>Starts the thread.</summary>
    public static async Task<NamespaceThread> StartAsync(NetworkNamespace inside)
    {
        var started = new NamespaceThread(inside);
        await started.entered.Task;
        return started;
    }

    /// <summary>Runs something there.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(async _ =>
        {
            try
            {
                done.SetResult(await work());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        }, null);
        return done.Task;
    }

    /// <summary>Runs something there that does not wait.</summary>
    public Task<T> RunAsync<T>(Func<T> work) => RunAsync(() => Task.FromResult(work()));

    /// <inheritdoc/>
    /// <remarks>What comes after the end belongs to something that ended too, and nobody waits for it.</remarks>
    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            queue.Add((d, state));
        }
        catch (Exception ended) when (ended is InvalidOperationException or ObjectDisposedException)
        {
            return;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        queue.CompleteAdding();
        thread.Join();
        queue.Dispose();
    }

    private void Live(NetworkNamespace inside)
    {
        try
        {
            inside.EnterThread();
            SetSynchronizationContext(this);
            entered.SetResult();
        }
        catch (Exception failure)
        {
            entered.SetException(failure);
            return;
        }

        foreach (var (work, state) in queue.GetConsumingEnumerable()) work(state);
    }
}
