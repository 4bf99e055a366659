using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ContainerPort
{
    [Proto(3), Required, JsonPropertyName("containerPort")]
    public int ContainerPortValue { get; init; }

    [Proto(5)]
    public string? HostIP { get; init; }

    [Proto(2)]
    public int? HostPort { get; init; }

    [Proto(1)]
    public string? Name { get; init; }

    [Proto(4), OneOf("SCTP", "TCP", "UDP")]
    public string? Protocol { get; init; }
}
