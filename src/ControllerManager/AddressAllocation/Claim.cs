using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;

namespace MiniK8s.ControllerManager.AddressAllocation;

/// <summary>Something of which the cluster has one: a Service address, or the number of a node port whatever its protocols.</summary>
internal readonly record struct Claim
{
    private readonly IPAddress? address;
    private readonly int port;

    private Claim(IPAddress? address, int port) => (this.address, this.port) = (address, port);

    /// <summary>A Service address.</summary>
    public static Claim Of(IPAddress address) => new(address, 0);

    /// <summary>A node port.</summary>
    public static Claim Of(int port) => new(null, port);

    /// <summary>All that a Service holds.</summary>
    public static IEnumerable<Claim> Of(Service? service) => service is null ? []
        : ServiceAllocation.AddressesOf(service).Select(Of).Concat(ServiceAllocation.NodePortsOf(service).Select(Of));

    /// <summary>Whether it is an address, not a port.</summary>
    public bool IsAddress => address is not null;

    /// <inheritdoc/>
    public override string ToString() => address?.ToString() ?? $"port {port}";
}
