using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

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

    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    [Proto(2)]
    public ServiceSpec? Spec { get; init; }

    [Proto(3)]
    public ServiceStatus? Status { get; init; }
}
