using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record EndpointAddress
{
    [Proto(3)]
    public string? Hostname { get; init; }

    [Proto(1), Required]
    public string Ip { get; init => field = value ?? ""; } = "";

    [Proto(4), ZeroCounts]
    public string? NodeName { get; init; }

    [Proto(2)]
    public ObjectReference? TargetRef { get; init; }
}
