using MiniK8s.ApiServer.Storage.Etcd.Grpc;
using MiniK8s.ApiServer.Storage.Etcd.Messages;

namespace MiniK8s.ApiServer.Storage.Etcd;

/// <summary>
/// One watch: a stream of its own, opened again after every failure at the revision that has been delivered. For one reader.
/// </summary>
internal sealed class EtcdWatch(EtcdClient client, string prefix, long afterRevision, EtcdWatchContext context) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly List<Event> _fragments = [];
    private volatile IGrpcDuplex<WatchResponse>? _stream;
    private volatile bool _safeProgress;
    private int _member;
    private long _reached = afterRevision;
    private TimeSpan _pause = FirstPause;

    internal string FenceKey => EtcdFence.KeyFor(prefix);

    /// <summary>Whether progress must be found out by writing <see cref="FenceKey"/>, because the member's word cannot be relied on.</summary>
    internal bool NeedsFence => !_safeProgress;

    /// <summary>Whether a progress notification has been asked for and has not come yet.</summary>
    internal bool ProgressWanted { get; set; }

    /// <summary>The next batches, at least one; survives any loss of the connection.</summary>
    /// <exception cref="CompactedException">What comes next has been compacted away.</exception>
    internal async Task<IReadOnlyList<StoreBatch>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var stream = _stream ?? await OpenAsync(cancellationToken);
                var batches = Accept(await stream.ReadAsync(cancellationToken));
                if (batches.Count > 0)
                {
                    return batches;
                }
            }
            catch (GrpcException e)
            {
                if (_stream is not null)
                {
                    client.Avoid(_member);
                }

                await CloseAsync();
                if (_pause == FirstPause)
                {
                    context.Log.LogWarning("The watch of {Prefix} was interrupted after revision {Revision}: {Reason}", prefix, _reached, e.Message);
                }

                await Task.Delay(_pause, context.Clock, cancellationToken);
                _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>Asks the member for progress. A stream that has just broken is no failure: the next one asks by itself.</summary>
    internal async Task SendProgressRequestAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_stream is { } stream)
            {
                await stream.WriteAsync(new WatchRequest { Progress = new WatchProgressRequest() }, cancellationToken);
            }
        }
        catch (GrpcException)
        {
            // The reader of the stream sees the same failure and opens another.
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task<IGrpcDuplex<WatchResponse>> OpenAsync(CancellationToken cancellationToken)
    {
        // Beginning at the revision reached, not behind it, makes etcd refuse exactly when that one is compacted: the changes of
        // the compacted revision itself are not all kept. What has been delivered is left out on receipt. Zero would mean "now".
        var create = new WatchCreateRequest
        {
            Key = EtcdMessages.Bytes(prefix),
            RangeEnd = EtcdMessages.Bytes(EtcdFence.RangeEnd(prefix)),
            StartRevision = Math.Max(_reached, 1),
            PrevKv = true,
            ProgressNotify = true,
            Fragment = true,
        };
        (var stream, var version, _member) = await client.WatchAsync(new WatchRequest { Create = create }, cancellationToken);
        _safeProgress = version.HasSafeProgress;
        _fragments.Clear();
        return _stream = stream;
    }

    private async Task CloseAsync()
    {
        if (_stream is { } stream)
        {
            _stream = null;
            await stream.DisposeAsync();
        }
    }

    private IReadOnlyList<StoreBatch> Accept(WatchResponse response)
    {
        if (response.Canceled)
        {
            throw response.CompactRevision > 0
                ? new CompactedException(response.CompactRevision)
                : new GrpcException(GrpcStatus.Unavailable, $"etcd cancelled the watch: {response.CancelReason}");
        }

        _pause = FirstPause;
        if (response.Created)
        {
            ProgressWanted = true;
            context.WakeProgress();
            return [];
        }

        if (response.Events.Count == 0 && _fragments.Count == 0)
        {
            return _safeProgress ? Progress(response.Header.Revision) : [];
        }

        _fragments.AddRange(response.Events);
        if (response.Fragment)
        {
            return [];
        }

        var batches = Batches();
        _fragments.Clear();
        return batches;
    }

    private List<StoreBatch> Batches()
    {
        var batches = new List<StoreBatch>();
        foreach (var revision in _fragments.Select(EtcdMessages.Event).GroupBy(change => change.Revision).Where(group => group.Key > _reached))
        {
            _reached = revision.Key;
            var changes = revision.Where(change => change.Key.StartsWith(prefix, StringComparison.Ordinal) && !EtcdFence.Is(change.Key)).ToList();
            if (changes.Count > 0)
            {
                batches.Add(new StoreBatch(revision.Key, changes));
            }

            if (revision.Any(change => change.Key == FenceKey))
            {
                ProgressWanted = false;
                batches.Add(new StoreBatch(revision.Key, []));
            }
        }

        return batches;
    }

    private IReadOnlyList<StoreBatch> Progress(long revision)
    {
        ProgressWanted = false;
        if (revision < _reached)
        {
            return [];
        }

        _reached = revision;
        return [new StoreBatch(revision, [])];
    }
}

/// <summary>What watches of one store share.</summary>
/// <param name="Clock">For pauses.</param>
/// <param name="Log">Interruptions go here.</param>
/// <param name="WakeProgress">Called when a watch wants progress.</param>
internal sealed record EtcdWatchContext(TimeProvider Clock, ILogger Log, Action WakeProgress);
