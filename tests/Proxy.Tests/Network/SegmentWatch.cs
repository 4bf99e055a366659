using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>Sends single TCP segments that no kernel would send, to a port of a pod that nobody listens on, and sees which arrive.</summary>
internal sealed class SegmentWatch : IDisposable
{
    private const int Port = 7999;
    private const int HeaderLength = 20;
    private readonly Pod goal;
    private readonly Socket socket;

    private SegmentWatch(Pod goal, Socket socket) => (this.goal, this.socket) = (goal, socket);

    public static SegmentWatch Start(Pod goal)
    {
        var watch = new SegmentWatch(goal, Raw(goal));
        watch.socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return watch;
    }

    public async Task SendAsync(Pod from, int sourcePort, TcpFlags flags)
    {
        using var sender = Raw(from);
        await sender.SendToAsync(Segment(from.Address, sourcePort, flags), new IPEndPoint(goal.Address, 0));
    }

    /// <summary>The source port of the first segment that arrives.</summary>
    public async Task<int> FirstAsync()
    {
        using var limit = new CancellationTokenSource(Dial.Patience, TimeProvider.System);
        var buffer = new byte[2048];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, limit.Token);
            var (source, destination) = PortsOf(SctpPacket.Unwrap(buffer.AsSpan(0, length)));
            if (destination == Port) return source;
        }
    }

    public void Dispose() => socket.Dispose();

    private static Socket Raw(Pod pod) => pod.Namespace.CreateRawSocket((int)ProtocolType.Tcp);

    private static (int Source, int Destination) PortsOf(ReadOnlySpan<byte> segment) =>
        (BinaryPrimitives.ReadUInt16BigEndian(segment), BinaryPrimitives.ReadUInt16BigEndian(segment[2..]));

    private byte[] Segment(IPAddress from, int sourcePort, TcpFlags flags)
    {
        var segment = new byte[HeaderLength];
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), 1);
        segment[12] = HeaderLength / 4 << 4;
        segment[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), 1024);
        // The checksum counts the addresses, the protocol and the length as if they stood before the segment.
        var sum = Sum(from.GetAddressBytes()) + Sum(goal.Address.GetAddressBytes()) + (int)ProtocolType.Tcp + HeaderLength + Sum(segment);
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), (ushort)~sum);
        return segment;
    }

    private static int Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        for (var i = 0; i < bytes.Length; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        return sum;
    }
}

/// <summary>Bits of a TCP header.</summary>
[Flags]
internal enum TcpFlags
{
    None = 0,
    Fin = 1,
    Syn = 2,
    Reset = 4,
}
