namespace MiniK8s.ApiServer.Storage;

/// <summary>
/// A revisioned key-value store with transactions and watches: the only source of truth of a cluster. Modelled on etcd v3,
/// so that every implementation has etcd's semantics; the contract suite <c>StoreContract</c> holds them all to it.
/// Keys are ordered by their UTF-8 bytes. Values are opaque bytes that nobody may change after passing them.
/// </summary>
/// <remarks>
/// All members throw <see cref="StoreUnavailableException"/> when the store cannot be reached or its disk refuses;
/// whether a write in flight took effect is then unknown. All members honour the cancellation token.
/// </remarks>
public interface IStore : IAsyncDisposable
{
    /// <summary>Reads one key, linearizably: every write acknowledged before the call is visible.</summary>
    ValueTask<StoreRead> GetAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the keys in <c>[request.Start, request.End)</c> in order. With <see cref="RangeRequest.Revision"/> 0 the read is
    /// linearizable and current; otherwise it shows the store as it was at that revision.
    /// </summary>
    /// <exception cref="CompactedException">The revision asked for has been compacted away.</exception>
    /// <exception cref="FutureRevisionException">The revision asked for does not exist yet.</exception>
    ValueTask<StoreRange> RangeAsync(RangeRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Applies all operations in one revision, if every condition holds, and nothing otherwise. Acknowledged means durable
    /// (the memory store excepted). A lost condition is data, not an exception: the answer carries the current values of the
    /// keys in the conditions, so that the loser retries without another read. Each key may appear in one operation only.
    /// Concurrent transactions on different keys may share a revision; a watch then has their changes in one batch.
    /// </summary>
    /// <exception cref="ArgumentException">A key is empty or changed twice, or the transaction is larger than the store can take (etcd: 1.5 MiB, 128 operations).</exception>
    ValueTask<CommitResult> CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>
    /// Every change of keys beginning with <paramref name="prefix"/> with a revision greater than
    /// <paramref name="afterRevision"/>, in order, without gaps and without repetition; all changes of one revision that match
    /// are in one batch. A batch without events is a progress notification: nothing up to its revision is outstanding.
    /// Progress notifications come when what was there at the watch's beginning has been delivered, at least every ten seconds
    /// on an idle watch, and promptly after <see cref="RequestProgressAsync"/>.
    /// <paramref name="afterRevision"/> may lie in the future; then earlier changes are left out.
    /// The enumeration ends only by cancellation or exception.
    /// </summary>
    /// <exception cref="CompactedException">Changes after <paramref name="afterRevision"/> have been compacted away.</exception>
    IAsyncEnumerable<StoreBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken = default);

    /// <summary>Asks for a progress notification on all watches of this store object; consistent reads from a cache wait for it.</summary>
    ValueTask RequestProgressAsync(CancellationToken cancellationToken = default);

    /// <summary>The revision of the newest commit, linearizably.</summary>
    ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Forgets the history before <paramref name="revision"/>: reads at, and watches from, older revisions then fail with
    /// <see cref="CompactedException"/>. Compacting twice, or to an older revision, changes nothing.
    /// </summary>
    ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default);
}

/// <summary>One value with its revisions.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The bytes.</param>
/// <param name="ModRevision">The revision of the last change of this key.</param>
/// <param name="CreateRevision">The revision at which this incarnation of the key was created.</param>
public sealed record StoreValue(string Key, ReadOnlyMemory<byte> Value, long ModRevision, long CreateRevision);

/// <summary>What a read of one key saw.</summary>
/// <param name="Value">The value, or null where there is none.</param>
/// <param name="Revision">The store's revision at the time of the read.</param>
public readonly record struct StoreRead(StoreValue? Value, long Revision);

/// <summary>What to read.</summary>
/// <param name="Start">First key, inclusive.</param>
/// <param name="End">Last key, exclusive; <see cref="StoreKeys.PrefixEnd"/> computes it for a prefix.</param>
/// <param name="Limit">Most values to return; 0 for all.</param>
/// <param name="Revision">The revision to read at; 0 for now.</param>
public readonly record struct RangeRequest(string Start, string End, int Limit = 0, long Revision = 0);

/// <summary>The answer to a <see cref="RangeRequest"/>.</summary>
/// <param name="Values">The values in key order.</param>
/// <param name="Revision">The store's revision at the time of the read (not the revision asked for).</param>
/// <param name="Count">How many keys the range holds at the revision read, regardless of the limit.</param>
public sealed record StoreRange(IReadOnlyList<StoreValue> Values, long Revision, long Count);

/// <summary>A condition: the key's modification revision must be exactly this; 0 means that the key must not exist.</summary>
public readonly record struct StoreCondition(string Key, long ModRevision);

/// <summary>A change of one key: a put, or a delete where <see cref="Value"/> is null. Deleting a key that does not exist is no error.</summary>
public readonly record struct StoreOperation(string Key, ReadOnlyMemory<byte>? Value)
{
    /// <summary>Writes <paramref name="value"/> at <paramref name="key"/>.</summary>
    public static StoreOperation Put(string key, ReadOnlyMemory<byte> value) => new(key, value);

    /// <summary>Removes <paramref name="key"/>.</summary>
    public static StoreOperation Delete(string key) => new(key, null);
}

/// <summary>Conditions and the operations that take place together when all of them hold.</summary>
public sealed record StoreTransaction(IReadOnlyList<StoreCondition> Conditions, IReadOnlyList<StoreOperation> Operations);

/// <summary>The outcome of a commit.</summary>
/// <param name="Succeeded">Whether all conditions held and the operations were applied.</param>
/// <param name="Revision">The revision of the commit when it succeeded, else the store's revision at the comparison.</param>
/// <param name="Current">When it failed: the current value of each condition's key, in the order of the conditions, null where absent. Empty when it succeeded.</param>
public sealed record CommitResult(bool Succeeded, long Revision, IReadOnlyList<StoreValue?> Current);

/// <summary>One change of one key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The new value, or null for a deletion.</param>
/// <param name="Previous">The value before the change, or null for a creation. Always present for updates and deletions of uncompacted history.</param>
/// <param name="Revision">The revision of the change.</param>
/// <param name="CreateRevision">The revision at which this incarnation was created; equals <paramref name="Revision"/> for a creation, 0 for a deletion.</param>
public sealed record StoreEvent(string Key, ReadOnlyMemory<byte>? Value, StoreValue? Previous, long Revision, long CreateRevision);

/// <summary>The changes of one revision that match a watch, or, without events, the notice that all up to it have been delivered.</summary>
public sealed record StoreBatch(long Revision, IReadOnlyList<StoreEvent> Events);

/// <summary>Computations on keys.</summary>
public static class StoreKeys
{
    /// <summary>The smallest key greater than every key with this prefix. Keys are ASCII, so the last character plus one will do.</summary>
    public static string PrefixEnd(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);
}

/// <summary>History that was asked for has been compacted away; the caller must list anew. Becomes HTTP 410.</summary>
public sealed class CompactedException(long compactRevision)
    : Exception($"the requested revision has been compacted; the oldest one kept is {compactRevision}")
{
    /// <summary>The oldest revision that can still be read.</summary>
    public long CompactRevision { get; } = compactRevision;
}

/// <summary>A revision was asked for that the store has not reached.</summary>
public sealed class FutureRevisionException(long requested, long current)
    : Exception($"revision {requested} is in the future; the store is at {current}");

/// <summary>The store cannot serve: not reachable, timed out, out of space, or closed. A write in flight may or may not have taken effect.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
