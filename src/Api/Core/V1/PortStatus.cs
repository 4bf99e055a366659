using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record PortStatus
{
    [Proto(3), ZeroCounts]
    public string? Error { get; init; }

    [Proto(1), Required]
    public int Port { get; init; }

    [Proto(2), Required, OneOf("SCTP", "TCP", "UDP")]
    public string Protocol { get; init => field = value ?? ""; } = "";
}
