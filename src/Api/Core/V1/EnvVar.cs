using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record EnvVar
{
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(2)]
    public string? Value { get; init; }

    [Proto(3)]
    public EnvVarSource? ValueFrom { get; init; }
}
