using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ContainerResizePolicy
{
    [Proto(1), Required]
    public string ResourceName { get; init => field = value ?? ""; } = "";

    [Proto(2), Required]
    public string RestartPolicy { get; init => field = value ?? ""; } = "";
}
