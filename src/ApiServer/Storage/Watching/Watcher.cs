using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace MiniK8s.ApiServer.Storage.Watching;

/// <summary>One watch of a store within this process: follows the log and sleeps while nothing concerns it.</summary>
internal sealed class Watcher : IDisposable
{
    // A channel of one element is a wake-up that coalesces: while one is pending, further ones add nothing.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true });
    private readonly Action<Watcher> _remove;
    private readonly ITimer _timer;

    // From the start: the first notification says that the replay is over.
    private int _progressWanted = 1;

    internal Watcher(string prefix, TimeProvider clock, Action<Watcher> remove)
    {
        Prefix = prefix;
        _remove = remove;
        _timer = clock.CreateTimer(_ => RequestProgress(), null, WatchHub.ProgressInterval, WatchHub.ProgressInterval);
    }

    internal string Prefix { get; }

    internal void Wake() => _signal.Writer.TryWrite(true);

    internal void RequestProgress()
    {
        Interlocked.Exchange(ref _progressWanted, 1);
        Wake();
    }

    internal void Close(Exception reason) => _signal.Writer.TryComplete(reason);

    /// <summary>Everything after <paramref name="position"/> that has this prefix and is newer than <paramref name="afterRevision"/>.</summary>
    internal async IAsyncEnumerable<StoreBatch> FollowAsync(
        LogEntry position,
        long afterRevision,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            // Asked before draining: whatever was in the log when progress was requested is delivered before the notification.
            var progress = Interlocked.Exchange(ref _progressWanted, 0) == 1;
            while (position.Next is { } next)
            {
                position = next;
                if (next.Revision > afterRevision && next.Match(Prefix) is { } batch)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return batch;
                }
            }

            if (progress && position.Revision >= afterRevision)
            {
                yield return new StoreBatch(position.Revision, []);
            }

            await _signal.Reader.WaitToReadAsync(cancellationToken);
            _signal.Reader.TryRead(out _);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _remove(this);
    }
}
