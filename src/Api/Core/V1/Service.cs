using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>One stable address and name in front of a changing set of pods.</summary>
public sealed record Service : IResource<Service>
{
    /// <inheritdoc/>
    public static KindInfo Info { get; } = new("", "v1", "Service", "services", "service", true) { ShortNames = ["svc"], Categories = ["all"] };

    /// <inheritdoc/>
    public string ApiVersion { get; init; } = "v1";

    /// <inheritdoc/>
    public string Kind { get; init; } = "Service";

    /// <inheritdoc/>
    public Service WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    /// <summary>Name, namespace, labels and bookkeeping; the name must be a DNS label, for it becomes a DNS name.</summary>
    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>What the user asks for, and the addresses that were allocated for it.</summary>
    [Proto(2)]
    public ServiceSpec? Spec { get; init; }

    /// <summary>What a load balancer reported.</summary>
    [Proto(3)]
    public ServiceStatus? Status { get; init; }
}
