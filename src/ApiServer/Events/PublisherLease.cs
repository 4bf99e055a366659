using System.Text.Json;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Events;

/// <summary>
/// One publisher's hold on the right to publish: a key in the store itself, written only on condition that it is as last seen.
/// The checkpoint is written in the same transactions, so a publisher that lost its lease cannot move it.
/// </summary>
internal sealed class PublisherLease(IStore store, PublisherOptions options, TimeProvider clock)
{
    internal const string LeaseKey = "/minik8s/publisher/lease";
    internal const string CheckpointKey = "/minik8s/publisher/checkpoint";

    private long _seenRevision = -1;
    private long _seenAt;
    private long _heldRevision;
    private PublisherCheckpoint? _written;

    /// <summary>The term, while the lease is held.</summary>
    internal long Epoch { get; private set; }

    /// <summary>Tries once to become the publisher.</summary>
    internal async Task<bool> TryAcquireAsync(CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(LeaseKey, cancellationToken);
        var state = State(read.Value);
        var revision = read.Value?.ModRevision ?? 0;
        if (revision != _seenRevision)
        {
            _seenRevision = revision;
            _seenAt = clock.GetTimestamp();
        }

        var isOthers = state.Holder.Length > 0 && state.Holder != options.Identity;
        if (isOthers && clock.GetElapsedTime(_seenAt) < options.LeaseDuration)
        {
            return false;
        }

        var next = new PublisherLeaseState(options.Identity, state.Epoch + 1);
        var commit = await store.CommitAsync(new StoreTransaction([new(LeaseKey, revision)], [Put(next)]), cancellationToken);
        if (commit.Succeeded)
        {
            (_heldRevision, Epoch, _written) = (commit.Revision, next.Epoch, null);
        }

        return commit.Succeeded;
    }

    /// <summary>Where the publisher before stopped; null when there was none.</summary>
    internal async Task<PublisherCheckpoint?> ReadCheckpointAsync(CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(CheckpointKey, cancellationToken);
        return read.Value is { } value ? Parse(value, ReferenceJson.Default.PublisherCheckpoint) : null;
    }

    /// <summary>Renews the lease and moves the checkpoint.</summary>
    /// <returns>False when another has the lease.</returns>
    internal Task<bool> RenewAsync(PublisherCheckpoint checkpoint, CancellationToken cancellationToken) =>
        WriteAsync(new PublisherLeaseState(options.Identity, Epoch), checkpoint, cancellationToken);

    /// <summary>Gives the lease back, so that the next publisher need not wait.</summary>
    internal Task ReleaseAsync(PublisherCheckpoint checkpoint, CancellationToken cancellationToken) =>
        WriteAsync(new PublisherLeaseState("", Epoch), checkpoint, cancellationToken);

    private async Task<bool> WriteAsync(PublisherLeaseState state, PublisherCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        List<StoreOperation> operations = [Put(state)];
        if (checkpoint != _written)
        {
            operations.Add(StoreOperation.Put(CheckpointKey, JsonSerializer.SerializeToUtf8Bytes(checkpoint, ReferenceJson.Default.PublisherCheckpoint)));
        }

        var commit = await CommitAsync(operations, cancellationToken);
        if (!commit.Succeeded && commit.Current[0] is { } current && State(current) == new PublisherLeaseState(options.Identity, Epoch))
        {
            // An earlier write whose answer was lost had succeeded after all.
            _heldRevision = current.ModRevision;
            commit = await CommitAsync(operations, cancellationToken);
        }

        if (commit.Succeeded)
        {
            (_heldRevision, _written) = (commit.Revision, checkpoint);
        }

        return commit.Succeeded;
    }

    private async Task<CommitResult> CommitAsync(IReadOnlyList<StoreOperation> operations, CancellationToken cancellationToken) =>
        await store.CommitAsync(new StoreTransaction([new(LeaseKey, _heldRevision)], operations), cancellationToken);

    private static StoreOperation Put(PublisherLeaseState state) =>
        StoreOperation.Put(LeaseKey, JsonSerializer.SerializeToUtf8Bytes(state, ReferenceJson.Default.PublisherLeaseState));

    private static PublisherLeaseState State(StoreValue? value) =>
        (value is null ? null : Parse(value, ReferenceJson.Default.PublisherLeaseState)) ?? new PublisherLeaseState("", 0);

    // A damaged value counts as none: the lease is then taken, and the tail begins at the present with a marker.
    private static TState? Parse<TState>(StoreValue value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<TState> type) where TState : class
    {
        try
        {
            return JsonSerializer.Deserialize(value.Value.Span, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
