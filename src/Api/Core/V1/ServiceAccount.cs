using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

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

    [Proto(4), ZeroCounts]
    public bool? AutomountServiceAccountToken { get; init; }

    [Proto(3), Atomic]
    public IReadOnlyList<LocalObjectReference> ImagePullSecrets { get; init => field = value ?? []; } = [];

    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    [Proto(2), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<ObjectReference> Secrets { get; init => field = value ?? []; } = [];
}
