using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record PodOS
{
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";
}
