using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>What names a virtual server: the protocol, address and port that clients send to.</summary>
internal readonly record struct ServerAddress(TransportProtocol Protocol, IPAddress Address, int Port) : IComparable<ServerAddress>
{
    /// <summary>As ipvsadm writes it: <c>-t 10.96.0.10:80</c>.</summary>
    public override string ToString()
    {
        var option = Protocol switch
        {
            TransportProtocol.Tcp => "-t",
            TransportProtocol.Udp => "-u",
            _ => "--sctp-service",
        };
        return $"{option} {AddressText.Of(Address, Port)}";
    }

    public int CompareTo(ServerAddress other)
    {
        var order = AddressText.Compare(Address, other.Address);
        if (order == 0) order = Port.CompareTo(other.Port);
        return order == 0 ? Protocol.CompareTo(other.Protocol) : order;
    }
}

/// <summary>Who answers for a virtual server.</summary>
internal readonly record struct RealServer(IPAddress Address, int Port) : IComparable<RealServer>
{
    public override string ToString() => AddressText.Of(Address, Port);

    public int CompareTo(RealServer other)
    {
        var order = AddressText.Compare(Address, other.Address);
        return order == 0 ? Port.CompareTo(other.Port) : order;
    }
}

internal static class AddressText
{
    /// <summary><c>address:port</c>, with brackets around IPv6.</summary>
    public static string Of(IPAddress address, int port) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? string.Create(CultureInfo.InvariantCulture, $"[{address}]:{port}")
        : string.Create(CultureInfo.InvariantCulture, $"{address}:{port}");

    /// <summary>By the bytes of the addresses: any order that is always the same will do.</summary>
    public static int Compare(IPAddress one, IPAddress other)
    {
        Span<byte> left = stackalloc byte[16];
        Span<byte> right = stackalloc byte[16];
        one.TryWriteBytes(left, out var leftLength);
        other.TryWriteBytes(right, out var rightLength);
        return left[..leftLength].SequenceCompareTo(right[..rightLength]);
    }
}
