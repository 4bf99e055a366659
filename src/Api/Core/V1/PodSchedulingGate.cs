using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record PodSchedulingGate
{
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";
}
