using MiniK8s.ApiServer.Storage;

namespace MiniK8s.Client.Tests.Contract;

/// <summary>A connection to a store that can be cut: what uses it ends as a killed process does, without last words.</summary>
internal sealed class BreakableStore(IStore inner) : IStore
{
    private readonly CancellationTokenSource _cut = new();

    internal void Cut() => _cut.Cancel();

    public ValueTask<StoreRead> GetAsync(string key, CancellationToken cancellationToken = default) => Open().GetAsync(key, cancellationToken);

    public ValueTask<StoreRange> RangeAsync(RangeRequest request, CancellationToken cancellationToken = default) => Open().RangeAsync(request, cancellationToken);

    public ValueTask<CommitResult> CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken = default) =>
        Open().CommitAsync(transaction, cancellationToken);

    public async IAsyncEnumerable<StoreBatch> WatchAsync(
        string prefix, long afterRevision, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_cut.Token, cancellationToken);
        await foreach (var batch in Open().WatchAsync(prefix, afterRevision, either.Token))
        {
            yield return batch;
        }
    }

    public ValueTask RequestProgressAsync(CancellationToken cancellationToken = default) => Open().RequestProgressAsync(cancellationToken);

    public ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken = default) => Open().CurrentRevisionAsync(cancellationToken);

    public ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default) => Open().CompactAsync(revision, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _cut.Dispose();
        return ValueTask.CompletedTask;
    }

    private IStore Open() => _cut.IsCancellationRequested ? throw new StoreUnavailableException("the connection was cut") : inner;
}
