using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record FlexVolumeSource
{
    [Proto(1), Required]
    public string Driver { get; init => field = value ?? ""; } = "";

    [Proto(2)]
    public string? FsType { get; init; }

    [Proto(5)]
    public IReadOnlyDictionary<string, string> Options { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    [Proto(4)]
    public bool? ReadOnly { get; init; }

    [Proto(3)]
    public LocalObjectReference? SecretRef { get; init; }
}
