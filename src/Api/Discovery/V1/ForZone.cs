using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Discovery.V1;

public sealed record ForZone
{
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";
}
