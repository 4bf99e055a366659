using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ResourceHealth
{
    [Proto(2)]
    public string? Health { get; init; }

    [Proto(1), Required]
    public string ResourceID { get; init => field = value ?? ""; } = "";
}
