using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>One element of a set. What the set's type does not have is null or 0.</summary>
/// <param name="Set">The set.</param>
/// <param name="Protocol">Of the port.</param>
/// <param name="Address">The first address.</param>
/// <param name="Port">The port.</param>
/// <param name="Other">The second address, or the base of a block.</param>
/// <param name="PrefixLength">Of the block.</param>
internal readonly record struct SetEntry(
    IpSet Set, TransportProtocol Protocol = default, IPAddress? Address = null, int Port = 0, IPAddress? Other = null, int PrefixLength = 0)
{
    /// <summary>An address and port.</summary>
    public static SetEntry Of(IpSet set, ServerAddress address) => new(set, address.Protocol, address.Address, address.Port);

    /// <summary>An endpoint that reaches itself.</summary>
    public static SetEntry LoopBack(TransportProtocol protocol, RealServer server) =>
        new(IpSet.LoopBack, protocol, server.Address, server.Port, server.Address);

    /// <summary>A block of clients that may use an address.</summary>
    public static SetEntry SourceRange(ServerAddress address, IPNetwork block) =>
        new(IpSet.SourceRange, address.Protocol, address.Address, address.Port, block.BaseAddress, block.PrefixLength);

    /// <summary>A port by itself.</summary>
    public static SetEntry HealthCheckPort(int port) => new(IpSet.HealthCheckPort, Port: port);

    /// <summary>An address by itself.</summary>
    public static SetEntry BoundIP(IPAddress address) => new(IpSet.BoundIP, Address: address);

    /// <summary>The address and port that it begins with.</summary>
    public ServerAddress Server => new(Protocol, Address!, Port);

    /// <summary>As ipset writes it: <c>10.96.0.10,tcp:80</c>.</summary>
    public override string ToString() => Set switch
    {
        IpSet.HealthCheckPort => $"{Port}",
        IpSet.BoundIP => $"{Address}",
        IpSet.LoopBack => $"{Address},{Protocol.LowerName()}:{Port},{Other}",
        IpSet.SourceRange => $"{Address},{Protocol.LowerName()}:{Port},{Other}/{PrefixLength}",
        _ => $"{Address},{Protocol.LowerName()}:{Port}",
    };
}
