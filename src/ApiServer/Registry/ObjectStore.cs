using System.Text;
using System.Text.Json;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Registry;

/// <summary>A change of one object together with its claims.</summary>
/// <param name="Key">The object.</param>
/// <param name="Existing">What it was; null for a creation.</param>
/// <param name="Updated">What it shall be; null for a removal.</param>
internal sealed record ObjectChange<T>(ObjectKey Key, StoredObject<T>? Existing, T? Updated) where T : class, IResource<T>
{
    /// <summary>Conditions of the write beside the object's own revision, such as that its namespace is as it was.</summary>
    public IReadOnlyList<StoreCondition> Also { get; init; } = [];
}

/// <summary>How a commit ended.</summary>
internal abstract record CommitOutcome<T> where T : class, IResource<T>
{
    private CommitOutcome()
    {
    }

    /// <summary>It took place.</summary>
    internal sealed record Done(long Revision) : CommitOutcome<T>;

    /// <summary>Another write came before: this is the object now, or null.</summary>
    internal sealed record Lost(StoredObject<T>? Current) : CommitOutcome<T>;

    /// <summary>One of the further conditions no longer holds.</summary>
    internal sealed record Overtaken : CommitOutcome<T>;

    /// <summary>Another object owns what this one claims.</summary>
    internal sealed record Taken(Claim Claim) : CommitOutcome<T>;
}

/// <summary>The objects of one kind in the store, with their claims.</summary>
internal sealed class ObjectStore<T>(IStore store, ResourceKind<T> kind, CacheReader reader) where T : class, IResource<T>
{
    /// <summary>The object as the cache has it, which may be a little old; null where the cache has none or it does not decode.</summary>
    public StoredObject<T>? Guess(ObjectKey key)
    {
        if (reader.Cache.Current.Find(key.ToString()) is not { } cached) return null;
        try
        {
            return StoredObject<T>.Of(cached.Json, cached.Revision);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The object as the store has it now, or null.</summary>
    /// <exception cref="JsonException">It does not decode.</exception>
    public async ValueTask<StoredObject<T>?> ReadAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(RegistryKeys.Of(kind.Info, key), cancellationToken);
        return read.Value is { } value ? StoredObject<T>.FromStore(value.Value, value.ModRevision) : null;
    }

    /// <summary>Removes an object that cannot be decoded, whatever it is.</summary>
    public async ValueTask RemoveBrokenAsync(ObjectKey key, CancellationToken cancellationToken) =>
        await store.CommitAsync(new StoreTransaction([], [StoreOperation.Delete(RegistryKeys.Of(kind.Info, key))]), cancellationToken);

    /// <summary>Writes a change in one transaction, if nothing came between.</summary>
    /// <param name="change">The change.</param>
    /// <param name="encoded">The bytes of <see cref="ObjectChange{T}.Updated"/>; empty for a removal.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async ValueTask<CommitOutcome<T>> CommitAsync(ObjectChange<T> change, ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken)
    {
        var plan = Claims(change);
        var owner = ClaimPlan.OwnerOf((IResource?)change.Updated ?? change.Existing!.Value, kind.Info);
        var held = new Dictionary<string, long>();
        while (true)
        {
            var key = RegistryKeys.Of(kind.Info, change.Key);
            var conditions = new List<StoreCondition> { new(key, change.Existing?.Revision ?? 0) };
            var operations = new List<StoreOperation> { change.Updated is null ? StoreOperation.Delete(key) : StoreOperation.Put(key, encoded) };
            plan.AddTo(owner, conditions, operations, held);
            conditions.AddRange(change.Also);
            var result = await store.CommitAsync(new StoreTransaction(conditions, operations), cancellationToken);
            if (result.Succeeded) return new CommitOutcome<T>.Done(result.Revision);
            if (Explain(conditions, result, plan, owner, held) is { } outcome) return outcome;
        }
    }

    /// <summary>The first claim that another object owns at this moment, or null.</summary>
    public async ValueTask<Claim?> FindTakenAsync(ObjectChange<T> change, CancellationToken cancellationToken)
    {
        foreach (var claim in Claims(change).Taken)
        {
            var read = await store.GetAsync(RegistryKeys.Of(claim), cancellationToken);
            if (read.Value is { } value && OwnerIn(value) != ClaimPlan.OwnerOf(change.Updated!, kind.Info)) return claim;
        }

        return null;
    }

    private ClaimPlan Claims(ObjectChange<T> change) => ClaimPlan.Between(
        change.Existing is null ? [] : kind.Claims(change.Existing.Value), change.Updated is null ? [] : kind.Claims(change.Updated));

    /// <summary>Why a commit failed; null when only a claim was in the way that is the object's own, which <paramref name="held"/> then knows.</summary>
    private static CommitOutcome<T>? Explain(
        List<StoreCondition> conditions, CommitResult result, ClaimPlan plan, string owner, Dictionary<string, long> held)
    {
        if ((result.Current[0]?.ModRevision ?? 0) != conditions[0].ModRevision)
            return new CommitOutcome<T>.Lost(result.Current[0] is { } value ? StoredObject<T>.FromStore(value.Value, value.ModRevision) : null);
        for (var index = 0; index < plan.Taken.Count; index++)
        {
            var condition = conditions[index + 1];
            var found = result.Current[index + 1];
            if ((found?.ModRevision ?? 0) == condition.ModRevision) continue;
            if (found is not null && OwnerIn(found) != owner) return new CommitOutcome<T>.Taken(plan.Taken[index]);
            held[condition.Key] = found?.ModRevision ?? 0;
            return null;
        }

        return new CommitOutcome<T>.Overtaken();
    }

    private static string OwnerIn(StoreValue value) => Encoding.UTF8.GetString(value.Value.Span);
}
