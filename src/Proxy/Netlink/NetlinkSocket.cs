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
    private const int SocketLevel = 1;
    private const int AttachFilter = 26;
    private const int SendBufferForced = 32;
    private const int NetlinkLevel = 270;
    private const int AddressSize = 12;
    private const int AddMembership = 1;
    private const int CapAcknowledge = 10;
    private const int ExtendedAcknowledge = 11;
    private const int SendOverhead = 4096;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);
    private readonly Socket socket;
    private readonly byte[] buffer = new byte[1 << 16];
    private int sendBuffer = 1 << 17;
    private uint sequence;

    /// <param name="protocol">Which part of the kernel; 12 for netfilter.</param>
    /// <exception cref="Win32Exception">The kernel has no such part.</exception>
    public NetlinkSocket(int protocol)
    {
        var handle = Create(NetlinkFamily, RawType | CloseOnExec, protocol);
        if (handle < 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), "socket(AF_NETLINK)");
        // An address of zeros lets the kernel choose the port.
        if (Bind(handle, [NetlinkFamily, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], AddressSize) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), "bind(AF_NETLINK)");
        socket = new Socket(new SafeSocketHandle(handle, ownsHandle: true)) { ReceiveBufferSize = ReceiveBuffer, ReceiveTimeout = (int)AnswerLimit.TotalMilliseconds };
        // Answers to a message that failed need not repeat it, however long it was, but may say what was wrong with it.
        socket.SetRawSocketOption(NetlinkLevel, CapAcknowledge, BitConverter.GetBytes(1));
        socket.SetRawSocketOption(NetlinkLevel, ExtendedAcknowledge, BitConverter.GetBytes(1));
    }

    /// <summary>What is told of each answer: its payload after the netlink header.</summary>
    public delegate void Answer(ReadOnlySpan<byte> payload);

    /// <summary>What is told of each answer: its type, and its payload after the netlink header.</summary>
    public delegate void TypedAnswer(ushort type, ReadOnlySpan<byte> payload);

    /// <summary>Sends a request and reads what comes until its end.</summary>
    /// <returns>Whether the answers are all of one moment: false when the tables changed while they were dumped.</returns>
    /// <exception cref="Win32Exception">The kernel refused, with its error number.</exception>
    public bool Ask(NetlinkMessage message, Answer answer) => Ask(message, (_, payload) => answer(payload));

    /// <summary>Sends a request and reads what comes until its end.</summary>
    /// <returns>Whether the answers are all of one moment: false when the tables changed while they were dumped.</returns>
    /// <exception cref="Win32Exception">The kernel refused, with its error number.</exception>
    public bool Ask(NetlinkMessage message, TypedAnswer answer)
    {
        var number = ++sequence;
        socket.Send(message.Finish(number));
        var whole = true;
        while (true)
        {
            var received = new NetlinkMessages(buffer.AsSpan(0, socket.Receive(buffer)));
            while (received.MoveNext())
            {
                if (received.Sequence != number) continue;
                whole &= !received.Flags.HasFlag(NetlinkFlags.Interrupted);
                if (received.Type == DoneType) return whole;
                if (received.Type == ErrorType) return Acknowledged(received) && whole;
                answer(received.Type, received.Payload);
            }
        }
    }

    /// <summary>
    /// Sends messages that take effect together or not at all (nfnetlink's batches), and waits until the kernel has done so. The
    /// first must begin the batch, the last but one must ask to be acknowledged, the last must end it.
    /// </summary>
    /// <param name="batch">The messages; the numbers of the first and of the last but one are <paramref name="first"/> and <paramref name="last"/>.</param>
    /// <param name="first">Number of the message that begins the batch: failures of the whole bear it.</param>
    /// <param name="last">Number of the message that is acknowledged.</param>
    /// <exception cref="NetlinkBatchException">The kernel refused one of them, and so changed nothing.</exception>
    public void Send(ReadOnlySpan<byte> batch, uint first, uint last)
    {
        MakeRoom(batch.Length);
        socket.Send(batch);
        NetlinkBatchException? failure = null;
        while (true)
        {
            var received = new NetlinkMessages(buffer.AsSpan(0, socket.Receive(buffer)));
            while (received.MoveNext())
            {
                if (received.Type != ErrorType || received.Sequence - first > last - first) continue;
                var error = -BinaryPrimitives.ReadInt32LittleEndian(received.Payload);
                if (error != 0) failure ??= new NetlinkBatchException(error, received.Sequence, received.ErrorText);
                if (received.Sequence == last || (received.Sequence == first && error != 0))
                {
                    if (failure is not null) throw failure;
                    return;
                }
            }
        }
    }

    /// <summary>Sends messages that take effect one by one, and waits until the kernel is done with all of them.</summary>
    /// <param name="messages">The messages, numbered one after the other; the last must ask to be acknowledged.</param>
    /// <param name="first">Number of the first.</param>
    /// <param name="last">Number of the last.</param>
    /// <param name="refused">Told of each that the kernel refused: its number and the error. Those after it are carried out all the same.</param>
    public void SendEach(ReadOnlySpan<byte> messages, uint first, uint last, Action<uint, Win32Exception> refused)
    {
        MakeRoom(messages.Length);
        socket.Send(messages);
        while (true)
        {
            var received = new NetlinkMessages(buffer.AsSpan(0, socket.Receive(buffer)));
            while (received.MoveNext())
            {
                if (received.Type != ErrorType || received.Sequence - first > last - first) continue;
                var error = -BinaryPrimitives.ReadInt32LittleEndian(received.Payload);
                if (error != 0) refused(received.Sequence, new NetlinkBatchException(error, received.Sequence, received.ErrorText));
                if (received.Sequence == last) return;
            }
        }
    }

    /// <summary>The number by which the kernel knows this socket.</summary>
    public unsafe uint Port
    {
        get
        {
            // struct sockaddr_nl: family, padding, port, groups.
            Span<byte> address = stackalloc byte[AddressSize];
            var size = address.Length;
            fixed (byte* at = address)
            {
                if (NameOf((int)socket.Handle, at, &size) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), "getsockname(AF_NETLINK)");
            }
            return BinaryPrimitives.ReadUInt32LittleEndian(address[4..]);
        }
    }

    /// <summary>Asks to be told of what happens, as a group of listeners is.</summary>
    /// <exception cref="Win32Exception">There is no such group.</exception>
    public void Join(int group)
    {
        try
        {
            socket.SetRawSocketOption(NetlinkLevel, AddMembership, BitConverter.GetBytes(group));
        }
        catch (SocketException e)
        {
            throw new Win32Exception(e.NativeErrorCode, $"joining the netlink group {group}");
        }
    }

    /// <summary>
    /// Asks the kernel not to tell of what a socket itself did, so that nobody is woken for it. Each batch of news is of one socket.
    /// Where the kernel has no such filters, everything is told.
    /// </summary>
    /// <param name="port">The port of the socket whose doing is known.</param>
    public unsafe void Ignore(uint port)
    {
        // A classic packet filter: the word at 12 of the first message is the port, and filters read words the highest byte first.
        const ushort Load = 0x20, JumpIfEqual = 0x15, Return = 0x06;
        Span<byte> code = stackalloc byte[4 * 8];
        Write(code, Load, 0, 0, 12);
        Write(code[8..], JumpIfEqual, 0, 1, BinaryPrimitives.ReverseEndianness(port));
        Write(code[16..], Return, 0, 0, 0);
        Write(code[24..], Return, 0, 0, uint.MaxValue);
        fixed (byte* at = code)
        {
            // struct sock_fprog: the number of instructions, and where they are.
            Span<byte> program = stackalloc byte[2 * sizeof(ulong)];
            program.Clear();
            program[0] = 4;
            BinaryPrimitives.WriteUInt64LittleEndian(program[8..], (ulong)at);
            try
            {
                socket.SetRawSocketOption(SocketLevel, AttachFilter, program);
            }
            catch (SocketException)
            {
                // The listener tells its own doing from others' anyhow.
            }
        }

        static void Write(Span<byte> at, ushort code, byte whenTrue, byte whenFalse, uint value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(at, code);
            (at[2], at[3]) = (whenTrue, whenFalse);
            BinaryPrimitives.WriteUInt32LittleEndian(at[4..], value);
        }
    }

    /// <summary>Waits for the next that is told of.</summary>
    /// <exception cref="SocketException">Some of it was lost (NoBufferSpaceAvailable), or the socket is no good any more.</exception>
    public ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken cancellationToken) => socket.ReceiveAsync(into, cancellationToken);

    public void Dispose() => socket.Dispose();

    /// <summary>A message must fit the send buffer whole; who may program tables may also have a buffer beyond the system's limit.</summary>
    private void MakeRoom(int length)
    {
        if (length + SendOverhead <= sendBuffer) return;
        sendBuffer = length + SendOverhead;
        try
        {
            socket.SetRawSocketOption(SocketLevel, SendBufferForced, BitConverter.GetBytes(sendBuffer));
        }
        catch (SocketException)
        {
            // Root of a container only: what the system's limit allows must do.
            socket.SendBufferSize = sendBuffer;
        }
    }

    private static bool Acknowledged(NetlinkMessages received)
    {
        var error = BinaryPrimitives.ReadInt32LittleEndian(received.Payload);
        return error == 0 ? true : throw new Win32Exception(-error);
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Create(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    private static unsafe partial int NameOf(int socket, byte* address, int* size);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int socket, ReadOnlySpan<byte> address, int size);
}
