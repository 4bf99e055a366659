using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>An identity for the programs in pods.</summary>
public sealed record ServiceAccount : IResource<ServiceAccount>
{
    /// <inheritdoc/>
    public static KindInfo Info { get; } = new("", "v1", "ServiceAccount", "serviceaccounts", "serviceaccount", true) { ShortNames = ["sa"] };

    /// <inheritdoc/>
    public string ApiVersion { get; init; } = "v1";

    /// <inheritdoc/>
    public string Kind { get; init; } = "ServiceAccount";

    /// <inheritdoc/>
    public ServiceAccount WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    /// <summary>Whether pods get a token of this account; true unless given. The pod's own setting wins.</summary>
    [Proto(4), ZeroCounts]
    public bool? AutomountServiceAccountToken { get; init; }

    /// <summary>Pull secrets for pods that name none themselves.</summary>
    [Proto(3), Atomic]
    public IReadOnlyList<LocalObjectReference> ImagePullSecrets { get; init => field = value ?? []; } = [];

    /// <summary>Name, namespace, labels and bookkeeping.</summary>
    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>Secrets that pods of this account may use, if restricted so; no longer filled by itself.</summary>
    [Proto(2), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<ObjectReference> Secrets { get; init => field = value ?? []; } = [];
}
