using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>One address of an endpoint, and what stands behind it.</summary>
public sealed record EndpointAddress
{
    /// <summary>Host name under which the cluster DNS publishes the address.</summary>
    [Proto(3)]
    public string? Hostname { get; init; }

    /// <summary>IP address; neither loopback, link-local nor multicast.</summary>
    [Proto(1), Required]
    public string Ip { get; init => field = value ?? ""; } = "";

    /// <summary>Node on which the endpoint runs; lets a proxy find local endpoints.</summary>
    [Proto(4), ZeroCounts]
    public string? NodeName { get; init; }

    /// <summary>Object behind the address, normally a pod.</summary>
    [Proto(2)]
    public ObjectReference? TargetRef { get; init; }
}
