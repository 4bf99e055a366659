using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Meta.V1;

/// <summary>What every stored object carries: its name, its labels, its owner, its version.</summary>
public sealed record ObjectMeta
{
    /// <summary>Notes by key that tools leave on the object; not for selection.</summary>
    [Proto(12)]
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>When the server made the object, to the second; set by the server.</summary>
    [Proto(8), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>Seconds that the object may take to end; only with DeletionTimestamp.</summary>
    [Proto(10), ZeroCounts]
    public long? DeletionGracePeriodSeconds { get; init; }

    /// <summary>When the object shall be gone; set by the server on a delete that cannot be done at once, never taken back.</summary>
    [Proto(9), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>Who must act before a deleted object goes; each takes its own name away.</summary>
    [Proto(14), ListSet, PatchMerge]
    public IReadOnlyList<string> Finalizers { get; init => field = value ?? []; } = [];

    /// <summary>Start of a name that the server completes with five random characters; only if Name is empty.</summary>
    [Proto(2)]
    public string? GenerateName { get; init; }

    /// <summary>Counts the changes of the wish (spec); set by the server.</summary>
    [Proto(7)]
    public long? Generation { get; init; }

    /// <summary>Short values by key, by which objects are selected.</summary>
    [Proto(11)]
    public IReadOnlyDictionary<string, string> Labels { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Who wrote which fields, for server-side apply.</summary>
    [Proto(17), Atomic]
    public IReadOnlyList<ManagedFieldsEntry> ManagedFields { get; init => field = value ?? []; } = [];

    /// <summary>Name, unique among objects of its kind in its namespace; fixed.</summary>
    [Proto(1)]
    public string? Name { get; init; }

    /// <summary>Namespace of the object; empty for kinds that have none. Fixed.</summary>
    [Proto(3)]
    public string? Namespace { get; init; }

    /// <summary>Objects that this one belongs to; when all are gone it is collected. At most one is the controller.</summary>
    [Proto(13), ListMap("uid"), PatchMerge("uid")]
    public IReadOnlyList<OwnerReference> OwnerReferences { get; init => field = value ?? []; } = [];

    /// <summary>Opaque version of the stored object; sent back with a write, it guards against lost updates.</summary>
    [Proto(6)]
    public string? ResourceVersion { get; init; }

    /// <summary>Obsolete; empty.</summary>
    [Proto(4)]
    public string? SelfLink { get; init; }

    /// <summary>Id of the object over all time and space; set by the server, so a namesake made later differs.</summary>
    [Proto(5)]
    public string? Uid { get; init; }
}
