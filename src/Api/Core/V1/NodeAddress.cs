using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeAddress
{
    [Proto(2), Required]
    public string Address { get; init => field = value ?? ""; } = "";

    [Proto(1), Required]
    public string Type { get; init => field = value ?? ""; } = "";
}
