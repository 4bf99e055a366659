using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

public sealed record ConfigMap : IResource<ConfigMap>
{
    /// <inheritdoc/>
    public static KindInfo Info { get; } = new("", "v1", "ConfigMap", "configmaps", "configmap", true) { ShortNames = ["cm"] };

    /// <inheritdoc/>
    public string ApiVersion { get; init; } = "v1";

    /// <inheritdoc/>
    public string Kind { get; init; } = "ConfigMap";

    /// <inheritdoc/>
    public ConfigMap WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    [Proto(3)]
    public IReadOnlyDictionary<string, byte[]> BinaryData { get; init => field = value ?? new Dictionary<string, byte[]>(); } = new Dictionary<string, byte[]>();

    [Proto(2)]
    public IReadOnlyDictionary<string, string> Data { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    [Proto(4), ZeroCounts]
    public bool? Immutable { get; init; }

    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();
}
