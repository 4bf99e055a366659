using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>What a change of one resource asks of a running container.</summary>
public sealed record ContainerResizePolicy
{
    /// <summary><c>cpu</c> or <c>memory</c>.</summary>
    [Proto(1), Required]
    public string ResourceName { get; init => field = value ?? ""; } = "";

    /// <summary><c>NotRequired</c> or <c>RestartContainer</c>.</summary>
    [Proto(2), Required]
    public string RestartPolicy { get; init => field = value ?? ""; } = "";
}
