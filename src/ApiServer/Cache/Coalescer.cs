namespace MiniK8s.ApiServer.Cache;

/// <summary>
/// Lets many callers share one call of something whose answer must not be older than the question: whoever asks while a call is
/// under way shares the next one.
/// </summary>
internal sealed class Coalescer<T>(Func<Task<T>> call)
{
    private readonly Lock gate = new();
    private Task<T>? running;
    private Task<T>? next;

    /// <summary>The answer of a call that began after this one.</summary>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (running is null || running.IsCompleted) return (running = call()).WaitAsync(cancellationToken);
            return (next ??= CallAfterAsync(running)).WaitAsync(cancellationToken);
        }
    }

    private async Task<T> CallAfterAsync(Task<T> before)
    {
        await ((Task)before).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (gate) (running, next) = (next, null);
        return await call();
    }
}
