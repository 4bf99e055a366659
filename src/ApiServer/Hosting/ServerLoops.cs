using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Hosting;

/// <summary>What a server does at intervals. A failure is logged once and tried again at the next interval.</summary>
internal sealed class ServerLoops(IStore store, ResourceHost resources, TimeProvider clock, ILogger<ServerLoops> logger)
{
    /// <summary>Sends bookmarks.</summary>
    public Task BookmarkAsync(TimeSpan interval, CancellationToken cancellationToken) => EveryAsync(
        interval,
        "bookmarks",
        _ =>
        {
            resources.Bookmark();
            return ValueTask.CompletedTask;
        },
        cancellationToken);

    /// <summary>Forgets the store's history that is older than one interval, so that it does not grow for ever.</summary>
    public Task CompactAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        var before = 0L;
        return EveryAsync(
            interval,
            "compaction",
            async token =>
            {
                var now = await store.CurrentRevisionAsync(token);
                if (before > 0) await store.CompactAsync(before, token);
                before = now;
            },
            cancellationToken);
    }

    private async Task EveryAsync(TimeSpan interval, string what, Func<CancellationToken, ValueTask> act, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        var failing = false;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                try
                {
                    await act(cancellationToken);
                    failing = false;
                }
                catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
                {
                    if (!failing) logger.LogWarning(problem, "The server's {Loop} failed; it will be tried again every {Interval}", what, interval);
                    failing = true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }
}
