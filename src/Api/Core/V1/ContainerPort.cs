using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A port that a container listens on.</summary>
public sealed record ContainerPort
{
    /// <summary>Port number in the pod, 1-65535.</summary>
    [Proto(3), Required, JsonPropertyName("containerPort")]
    public int ContainerPortValue { get; init; }

    /// <summary>Address of the node at which HostPort is opened; all of them unless given.</summary>
    [Proto(5)]
    public string? HostIP { get; init; }

    /// <summary>Port of the node that leads here; none unless given. Under HostNetwork it equals the container port.</summary>
    [Proto(2)]
    public int? HostPort { get; init; }

    /// <summary>Name that Services and probes may use: up to 15 lower-case letters, digits and hyphens, unique in the pod.</summary>
    [Proto(1)]
    public string? Name { get; init; }

    /// <summary><c>TCP</c> (the default), <c>UDP</c> or <c>SCTP</c>.</summary>
    [Proto(4), OneOf("SCTP", "TCP", "UDP")]
    public string? Protocol { get; init; }
}
