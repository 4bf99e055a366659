using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

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

    [Proto(2)]
    public IReadOnlyDictionary<string, byte[]> Data { get; init => field = value ?? new Dictionary<string, byte[]>(); } = new Dictionary<string, byte[]>();

    [Proto(5), ZeroCounts]
    public bool? Immutable { get; init; }

    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    [Proto(4)]
    public IReadOnlyDictionary<string, string> StringData { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    [Proto(3)]
    public string? Type { get; init; }
}
