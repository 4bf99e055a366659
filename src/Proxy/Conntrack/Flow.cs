using System.Buffers.Binary;
using System.Net;

namespace MiniK8s.Proxy.Conntrack;

/// <summary>An address and port; IPv4 in the lower bits. Compared by value, without an object for each.</summary>
internal readonly record struct FlowEnd(UInt128 Address, ushort Port)
{
    public static FlowEnd Of(IPAddress address, int port)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return new FlowEnd(NumberOf(bytes[..written]), (ushort)port);
    }

    /// <summary>The number of an address of four or sixteen bytes.</summary>
    public static UInt128 NumberOf(ReadOnlySpan<byte> address) =>
        address.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(address) : BinaryPrimitives.ReadUInt128BigEndian(address);
}

/// <summary>What the connection table says of one flow.</summary>
/// <param name="Destination">Where the first packet was sent, before any translation.</param>
/// <param name="Responder">Who answers: the endpoint after translation.</param>
internal readonly record struct Flow(FlowEnd Destination, FlowEnd Responder);
