using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.ApiServer.Registry;

/// <summary>What a deletion does to an object.</summary>
internal abstract record Deletion<T>
{
    private Deletion()
    {
    }

    /// <summary>The object goes.</summary>
    internal sealed record Remove : Deletion<T>;

    /// <summary>The object is marked and stays until its owner or its finalizers let it go.</summary>
    internal sealed record Mark(T Value) : Deletion<T>;

    /// <summary>It is being deleted already; nothing changes.</summary>
    internal sealed record Pending : Deletion<T>;
}

/// <summary>Decides what a deletion does (apiserver's rest.BeforeDelete and the store's finalizer rules). Pure.</summary>
internal static class DeletionPlanner
{
    /// <summary>The finalizer that keeps an owner until its dependents are orphaned.</summary>
    public const string Orphan = "orphan";

    /// <summary>The finalizer that keeps an owner until its dependents are gone.</summary>
    public const string Foreground = "foregroundDeletion";

    /// <summary>The plan for one object.</summary>
    /// <param name="kind">The rules of the kind.</param>
    /// <param name="existing">The object.</param>
    /// <param name="options">What the client asked for.</param>
    /// <param name="collectsGarbage">Whether a garbage collector runs that acts on the finalizers of a propagation policy.</param>
    /// <param name="now">The time.</param>
    public static Deletion<T> Plan<T>(ResourceKind<T> kind, T existing, DeleteOptions options, bool collectsGarbage, DateTimeOffset now)
        where T : class, IResource<T>
    {
        var metadata = existing.Metadata;
        var finalizers = collectsGarbage ? WithPropagation(metadata.Finalizers, options) : metadata.Finalizers;
        var asked = options.GracePeriodSeconds is { } seconds ? TimeSpan.FromSeconds(Math.Max(seconds, seconds < 0 ? 1 : 0)) : (TimeSpan?)null;
        var grace = kind.GracePeriod(existing, asked);
        var isHeld = finalizers.Count > 0 || kind.HoldsDeletion(existing);
        if (grace <= TimeSpan.Zero && !isHeld) return new Deletion<T>.Remove();

        var period = (long)Math.Max(0, grace.TotalSeconds);
        var isMarked = metadata.DeletionTimestamp is not null;
        if (isMarked && metadata.DeletionGracePeriodSeconds is { } running && running <= period && finalizers.SequenceEqual(metadata.Finalizers))
            return new Deletion<T>.Pending();

        var isShorter = !isMarked || metadata.DeletionGracePeriodSeconds > period;
        var marked = existing.WithMetadata(metadata with
        {
            Finalizers = finalizers,
            DeletionTimestamp = isShorter ? now + TimeSpan.FromSeconds(period) : metadata.DeletionTimestamp,
            DeletionGracePeriodSeconds = isShorter ? period : metadata.DeletionGracePeriodSeconds,
            Generation = isMarked || metadata.Generation is null ? metadata.Generation : metadata.Generation + 1,
        });
        return new Deletion<T>.Mark(kind.PrepareForDeletion(marked));
    }

    /// <summary>Whether an object that was marked earlier may go now: nothing holds it any more.</summary>
    public static bool IsReleased<T>(ResourceKind<T> kind, T value) where T : class, IResource<T> =>
        value.Metadata.DeletionTimestamp is not null
        && value.Metadata.Finalizers.Count == 0
        && (value.Metadata.DeletionGracePeriodSeconds ?? 0) == 0
        && !kind.HoldsDeletion(value);

    private static IReadOnlyList<string> WithPropagation(IReadOnlyList<string> finalizers, DeleteOptions options)
    {
        var policy = options.PropagationPolicy ?? (options.OrphanDependents switch { true => "Orphan", false => "Background", null => null });
        if (policy is null) return finalizers;
        var kept = finalizers.Where(name => name is not (Orphan or Foreground));
        return policy switch
        {
            "Orphan" => [.. kept, Orphan],
            "Foreground" => [.. kept, Foreground],
            _ => [.. kept],
        };
    }
}
