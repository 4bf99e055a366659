using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Meta.V1;

public sealed record ObjectMeta
{
    [Proto(12)]
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    [Proto(8), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? CreationTimestamp { get; init; }

    [Proto(10), ZeroCounts]
    public long? DeletionGracePeriodSeconds { get; init; }

    [Proto(9), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? DeletionTimestamp { get; init; }

    [Proto(14), ListSet, PatchMerge]
    public IReadOnlyList<string> Finalizers { get; init => field = value ?? []; } = [];

    [Proto(2)]
    public string? GenerateName { get; init; }

    [Proto(7)]
    public long? Generation { get; init; }

    [Proto(11)]
    public IReadOnlyDictionary<string, string> Labels { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    [Proto(17), Atomic]
    public IReadOnlyList<ManagedFieldsEntry> ManagedFields { get; init => field = value ?? []; } = [];

    [Proto(1)]
    public string? Name { get; init; }

    [Proto(3)]
    public string? Namespace { get; init; }

    [Proto(13), ListMap("uid"), PatchMerge("uid")]
    public IReadOnlyList<OwnerReference> OwnerReferences { get; init => field = value ?? []; } = [];

    [Proto(6)]
    public string? ResourceVersion { get; init; }

    [Proto(4)]
    public string? SelfLink { get; init; }

    [Proto(5)]
    public string? Uid { get; init; }
}
