using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record GRPCAction
{
    [Proto(1), Required]
    public int Port { get; init; }

    [Proto(2), ZeroCounts]
    public string? Service { get; init; }
}
