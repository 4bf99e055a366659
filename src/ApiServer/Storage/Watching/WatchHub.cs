using System.Collections.Immutable;

namespace MiniK8s.ApiServer.Storage.Watching;

/// <summary>Knows the watchers of a store within this process and wakes those whom a new entry of the log concerns.</summary>
internal sealed class WatchHub(TimeProvider clock)
{
    /// <summary>An idle watch hears of progress this often; the contract of <see cref="IStore.WatchAsync"/> allows ten seconds.</summary>
    internal static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);

    private ImmutableHashSet<Watcher> _watchers = [];
    private volatile StoreUnavailableException? _closed;

    /// <summary>Registers a watcher; disposing of it removes it.</summary>
    internal Watcher Attach(string prefix)
    {
        var watcher = new Watcher(prefix, clock, removed => ImmutableInterlocked.Update(ref _watchers, set => set.Remove(removed)));
        ImmutableInterlocked.Update(ref _watchers, set => set.Add(watcher));
        if (_closed is { } reason)
        {
            watcher.Close(reason);
        }

        return watcher;
    }

    /// <summary>Wakes the watchers whose prefix an entry matches. The entry is linked to the log already.</summary>
    internal void Publish(LogEntry entry)
    {
        foreach (var watcher in _watchers)
        {
            foreach (var change in entry.Events)
            {
                if (change.Key.StartsWith(watcher.Prefix, StringComparison.Ordinal))
                {
                    watcher.Wake();
                    break;
                }
            }
        }
    }

    /// <summary>Makes every watcher tell how far it is, once it has delivered all that the log holds now.</summary>
    internal void RequestProgress()
    {
        foreach (var watcher in _watchers)
        {
            watcher.RequestProgress();
        }
    }

    /// <summary>Ends all watches, present and future, with an exception.</summary>
    internal void Close(StoreUnavailableException reason)
    {
        _closed = reason;
        foreach (var watcher in _watchers)
        {
            watcher.Close(reason);
        }
    }
}
