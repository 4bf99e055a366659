using System.Buffers.Binary;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MiniK8s.Proxy.Netlink;

/// <summary>
/// A conversation with the kernel over netlink (netlink(7)): one request at a time, its answers read until the kernel says that
/// was all. Blocking; the kernel answers at once. The network namespace is that of the thread that made it.
/// </summary>
internal sealed partial class NetlinkSocket : IDisposable
{
    private const int NetlinkFamily = 16;
    private const int RawType = 3;
    private const int CloseOnExec = 0x80000;
    private const int ReceiveBuffer = 1 << 20;
    private const int HeaderSize = 16;
    private const ushort ErrorType = 2;
    private const ushort DoneType = 3;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private readonly Socket socket;
    private readonly byte[] buffer = new byte[1 << 16];
    private uint sequence;

    /// <param name="protocol">Which part of the kernel; 12 for netfilter.</param>
    /// <exception cref="Win32Exception">The kernel has no such part.</exception>
    public NetlinkSocket(int protocol)
    {
        var handle = Create(NetlinkFamily, RawType | CloseOnExec, protocol);
        if (handle < 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), "socket(AF_NETLINK)");
        socket = new Socket(new SafeSocketHandle(handle, ownsHandle: true)) { ReceiveBufferSize = ReceiveBuffer, ReceiveTimeout = (int)AnswerLimit.TotalMilliseconds };
    }

    /// <summary>What is told of each answer: its payload after the netlink header.</summary>
    public delegate void Answer(ReadOnlySpan<byte> payload);

    /// <summary>Sends a request and reads what comes until its end.</summary>
    /// <returns>Whether the answers are all of one moment: false when the tables changed while they were dumped.</returns>
    /// <exception cref="Win32Exception">The kernel refused, with its error number.</exception>
    public bool Ask(NetlinkMessage message, Answer answer)
    {
        var number = ++sequence;
        socket.Send(message.Finish(number));
        var whole = true;
        while (true)
        {
            var received = buffer.AsSpan(0, socket.Receive(buffer));
            while (received.Length >= HeaderSize)
            {
                var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(received);
                if (length < HeaderSize || length > received.Length) break;
                var type = BinaryPrimitives.ReadUInt16LittleEndian(received[4..]);
                var flags = (NetlinkFlags)BinaryPrimitives.ReadUInt16LittleEndian(received[6..]);
                var payload = received[HeaderSize..length];
                var ours = BinaryPrimitives.ReadUInt32LittleEndian(received[8..]) == number;
                received = received[Math.Min((length + 3) & ~3, received.Length)..];
                if (!ours) continue;
                whole &= !flags.HasFlag(NetlinkFlags.Interrupted);
                if (type == DoneType) return whole;
                if (type == ErrorType) return Acknowledged(payload) && whole;
                answer(payload);
            }
        }
    }

    public void Dispose() => socket.Dispose();

    private static bool Acknowledged(ReadOnlySpan<byte> payload)
    {
        var error = BinaryPrimitives.ReadInt32LittleEndian(payload);
        return error == 0 ? true : throw new Win32Exception(-error);
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Create(int family, int type, int protocol);
}
