using System.Collections.ObjectModel;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>Confidential data by key, such as passwords, tokens and keys; at most 1 MiB in all.</summary>
public sealed record Secret : IResource<Secret>
{
    /// <inheritdoc/>
    public static KindInfo Info { get; } = new("", "v1", "Secret", "secrets", "secret", true);

    /// <inheritdoc/>
    public string ApiVersion { get; init; } = "v1";

    /// <inheritdoc/>
    public string Kind { get; init; } = "Secret";

    /// <inheritdoc/>
    public Secret WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    /// <summary>Values by key, base64 in JSON; keys of letters, digits, '-', '_' and '.'.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, byte[]> Data { get; init => field = value ?? new Dictionary<string, byte[]>(); } = new Dictionary<string, byte[]>();

    /// <summary>Whether the data may never change again; cannot be taken back.</summary>
    [Proto(5), ZeroCounts]
    public bool? Immutable { get; init; }

    /// <summary>Name, namespace, labels and bookkeeping.</summary>
    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>Values as plain text, for writing only: they go into Data and win over it, and are never read back.</summary>
    [Proto(4)]
    public IReadOnlyDictionary<string, string> StringData { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What the data means, such as <c>Opaque</c> (the default) or <c>kubernetes.io/tls</c>, which demands certain keys; fixed.</summary>
    [Proto(3)]
    public string? Type { get; init; }
}
