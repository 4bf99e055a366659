using System.Runtime.CompilerServices;
using MiniK8s.ApiServer.Storage.Etcd.Grpc;

namespace MiniK8s.ApiServer.Storage.Etcd;

/// <summary>
/// The store on an etcd cluster (3.4 or newer). Keys are stored as they are. While the cluster cannot be reached, calls fail with
/// <see cref="StoreUnavailableException"/> within the request timeout and watches wait; both recover by themselves.
/// Concurrent commits may share a revision.
/// </summary>
public sealed class EtcdStore : IStore
{
    private readonly EtcdClient _client;
    private readonly EtcdCommitter _committer;
    private readonly EtcdCompaction _compaction;
    private readonly EtcdProgress _progress;
    private readonly EtcdWatchContext _context;
    private readonly CancellationTokenSource _closing = new();
    private int _disposed;

    /// <summary>Connects when first used, so that it can be made before etcd is up.</summary>
    /// <exception cref="ArgumentException">An option is wrong; the message says which.</exception>
    public EtcdStore(EtcdOptions options, TimeProvider clock, ILogger<EtcdStore> log)
        : this(EtcdClient.Create(options, clock), clock, log)
    {
    }

    internal EtcdStore(EtcdClient client, TimeProvider clock, ILogger<EtcdStore> log)
    {
        _client = client;
        _committer = new EtcdCommitter(_client);
        _compaction = new EtcdCompaction(_client);
        _progress = new EtcdProgress(_client, clock, log);
        _context = new EtcdWatchContext(clock, log, _progress.Wake);
    }

    /// <inheritdoc/>
    public async ValueTask<StoreRead> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        var response = await TranslateAsync(() => _client.RangeAsync(new Messages.RangeRequest { Key = EtcdMessages.Bytes(key) }, cancellationToken));
        return new StoreRead(response.Kvs is [var kv] ? EtcdMessages.Value(kv) : null, response.Header.Revision);
    }

    /// <inheritdoc/>
    public async ValueTask<StoreRange> RangeAsync(RangeRequest request, CancellationToken cancellationToken = default)
    {
        try
        {
            return await TranslateAsync(() => EtcdRange.ReadAsync(_client, request, cancellationToken));
        }
        catch (GrpcException e) when (EtcdCompaction.IsFuture(e))
        {
            throw new FutureRevisionException(request.Revision, await CurrentRevisionAsync(cancellationToken));
        }
        catch (GrpcException e) when (EtcdCompaction.IsCompacted(e))
        {
            throw new CompactedException(await TranslateAsync(() => _compaction.RevisionAsync(cancellationToken)));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<CommitResult> CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken = default)
    {
        StoreTransactionRules.Check(transaction);
        cancellationToken.ThrowIfCancellationRequested();
        return await _committer.CommitAsync(transaction, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoreBatch> WatchAsync(
        string prefix,
        long afterRevision,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var watch = new EtcdWatch(_client, prefix, afterRevision, _context);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ClosingToken());
        _progress.Add(watch);
        try
        {
            while (true)
            {
                foreach (var batch in await NextAsync(watch, either.Token, cancellationToken))
                {
                    yield return batch;
                }
            }
        }
        finally
        {
            _progress.Remove(watch);
        }
    }

    /// <inheritdoc/>
    public async ValueTask RequestProgressAsync(CancellationToken cancellationToken = default)
    {
        ClosingToken();
        await TranslateAsync(async () =>
        {
            await _progress.RequestAsync().WaitAsync(cancellationToken);
            return true;
        });
    }

    /// <inheritdoc/>
    public async ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken = default)
    {
        var nothing = new Messages.RangeRequest { Key = EtcdMessages.Bytes("\0"), CountOnly = true };
        return (await TranslateAsync(() => _client.RangeAsync(nothing, cancellationToken))).Header.Revision;
    }

    /// <inheritdoc/>
    public async ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default)
    {
        try
        {
            await TranslateAsync(async () =>
            {
                await _compaction.CompactAsync(revision, cancellationToken);
                return true;
            });
        }
        catch (GrpcException e) when (EtcdCompaction.IsFuture(e))
        {
            throw new FutureRevisionException(revision, await CurrentRevisionAsync(cancellationToken));
        }
    }

    /// <summary>Finishes the commits under way, ends all watches with <see cref="StoreUnavailableException"/> and disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _committer.DisposeAsync();
            await _progress.DisposeAsync();
            await _closing.CancelAsync();
            _client.Dispose();
        }
    }

    private static async Task<IReadOnlyList<StoreBatch>> NextAsync(EtcdWatch watch, CancellationToken either, CancellationToken caller)
    {
        try
        {
            return await watch.NextAsync(either);
        }
        catch (OperationCanceledException e) when (!caller.IsCancellationRequested)
        {
            throw new StoreUnavailableException("the connection to etcd has been closed", e);
        }
    }

    // Revisions out of range have exceptions of their own; whatever else etcd refuses makes it unavailable.
    private static async Task<T> TranslateAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (GrpcException e) when (!EtcdCompaction.IsCompacted(e) && !EtcdCompaction.IsFuture(e))
        {
            throw new StoreUnavailableException($"etcd refused: {e.Message}", e);
        }
    }

    private CancellationToken ClosingToken() =>
        Volatile.Read(ref _disposed) == 0 ? _closing.Token : throw new StoreUnavailableException("the connection to etcd has been closed");
}
