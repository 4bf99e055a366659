using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record ResourceFieldSelector
{
    [Proto(1)]
    public string? ContainerName { get; init; }

    [Proto(3)]
    public Quantity? Divisor { get; init; }

    [Proto(2), Required]
    public string Resource { get; init => field = value ?? ""; } = "";
}
