using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MiniK8s.TestKit.Network;

/// <summary>
/// Sockets of this process in another network namespace. A socket belongs for ever to the namespace of the thread that
/// made it, so a thread of its own enters the namespace, makes the socket and ends.
/// </summary>
internal static partial class NamespaceSockets
{
    private const int NetworkNamespaceFlag = 0x40000000;
    private const int FamilyInet = 2;
    private const int RawType = 3;
    private const int CloseOnExec = 0x80000;

    internal static Socket Create(string path, AddressFamily family, SocketType type, ProtocolType protocol) =>
        Run(path, () => new Socket(family, type, protocol));

    /// <summary>A raw socket of IPv4 for a protocol that .NET has no name for.</summary>
    internal static Socket CreateRaw(string path, int protocol) => Run(path, () =>
    {
        var descriptor = OpenSocket(FamilyInet, RawType | CloseOnExec, protocol);
        return descriptor < 0
            ? throw new Win32Exception(Marshal.GetLastPInvokeError(), $"socket of protocol {protocol}")
            : new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
    });

    /// <summary>Runs a function on a thread of its own in the namespace, and waits for it.</summary>
    internal static T Run<T>(string path, Func<T> inside)
        where T : class
    {
        T? result = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter(path);
                result = inside();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return result ?? throw new InvalidOperationException($"failed in {path}", failure);
    }

    internal static HttpClient CreateHttpClient(NetworkNamespace inside, SocketsHttpHandler? handler)
    {
        handler ??= new SocketsHttpHandler();
        handler.UseProxy = false;
        handler.PooledConnectionLifetime = TimeSpan.Zero;
        handler.ConnectCallback = async (context, cancellationToken) =>
        {
            var address = await ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
            var socket = inside.CreateSocket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.NoDelay = true;
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        return new HttpClient(handler);
    }

    private static async Task<IPAddress> ResolveAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var address) ? address : (await Dns.GetHostAddressesAsync(host, cancellationToken))[0];

    /// <summary>Puts the calling thread into the namespace, for the rest of its life: it must not be one that others use.</summary>
    internal static void Enter(string path)
    {
        using var file = File.OpenHandle(path);
        if (SetNamespace(file, NetworkNamespaceFlag) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"setns {path}");
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeHandle file, int kind);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int OpenSocket(int family, int type, int protocol);
}
