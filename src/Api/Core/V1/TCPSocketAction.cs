using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record TCPSocketAction
{
    [Proto(2)]
    public string? Host { get; init; }

    [Proto(1), Required]
    public IntOrString? Port { get; init; }
}
