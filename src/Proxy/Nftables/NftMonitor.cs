using System.Buffers.Binary;
using System.ComponentModel;
using System.Net.Sockets;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// Hears from the kernel of every change of nf_tables, and tells of those of our table that somebody else made: at once, and
/// without reading a table however large it is.
/// </summary>
internal sealed class NftMonitor : IDisposable
{
    private readonly NetlinkSocket socket;
    private readonly uint own;
    private readonly byte family;
    private readonly Action<string> disturbed;
    private readonly CancellationTokenSource stop = new();
    private bool isConcerned;

    /// <param name="socket">A socket of its own, in the table's network namespace.</param>
    /// <param name="own">The port of the socket by which we change the table.</param>
    /// <param name="family">The table's family.</param>
    /// <param name="disturbed">Told who changed the table; of nobody in particular when messages were lost.</param>
    /// <exception cref="Win32Exception">The kernel does not tell.</exception>
    public NftMonitor(NetlinkSocket socket, uint own, IpFamily family, Action<string> disturbed)
    {
        (this.socket, this.own, this.disturbed) = (socket, own, disturbed);
        this.family = (byte)(family == IpFamily.V4 ? 2 : 10);
        socket.Ignore(own);
        socket.Join(Wire.MulticastGroup);
        _ = ListenAsync(stop.Token);
    }

    public void Dispose()
    {
        stop.Cancel();
        socket.Dispose();
        stop.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Read(buffer.AsSpan(0, await socket.ReceiveAsync(buffer, cancellationToken)));
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.NoBufferSpaceAvailable)
            {
                disturbed("");
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // Disposed; or a socket that is no good any more, in whose place the periodic check goes on.
                return;
            }
        }
    }

    private void Read(ReadOnlySpan<byte> received)
    {
        var messages = new NetlinkMessages(received);
        while (messages.MoveNext())
        {
            if (messages.Type == Wire.NewGeneration) Settle(messages);
            else if (messages.Type >> 8 == Wire.Subsystem && messages.Port != own) isConcerned |= IsOurs(messages.Payload);
        }
    }

    /// <summary>All kinds of messages name their table in the first kind of attribute.</summary>
    private bool IsOurs(ReadOnlySpan<byte> payload) =>
        payload[0] == family && NftDecoder.Text(NetlinkAttributes.Find(payload[4..], Wire.Chain.Table)) == NftTransaction.TableName;

    /// <summary>A transaction is told of whole before the number of the next generation, which says who made it.</summary>
    private void Settle(NetlinkMessages message)
    {
        if (!isConcerned) return;
        isConcerned = false;
        var process = NetlinkAttributes.Find(message.Payload[4..], Wire.GenerationProcess);
        var name = NftDecoder.Text(NetlinkAttributes.Find(message.Payload[4..], Wire.GenerationProcessName));
        disturbed(process.Length == sizeof(uint) ? $"{name}, process {BinaryPrimitives.ReadUInt32BigEndian(process)}" : "another program");
    }
}
