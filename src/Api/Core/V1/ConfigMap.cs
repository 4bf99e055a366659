using System.Collections.ObjectModel;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>Settings by key, not confidential; at most 1 MiB in all.</summary>
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

    /// <summary>Values that are no UTF-8 text, base64 in JSON; no key may be in Data too.</summary>
    [Proto(3)]
    public IReadOnlyDictionary<string, byte[]> BinaryData { get; init => field = value ?? new Dictionary<string, byte[]>(); } = new Dictionary<string, byte[]>();

    /// <summary>Values by key, as text; keys of letters, digits, '-', '_' and '.'.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, string> Data { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether the data may never change again; cannot be taken back.</summary>
    [Proto(4), ZeroCounts]
    public bool? Immutable { get; init; }

    /// <summary>Name, namespace, labels and bookkeeping.</summary>
    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();
}
