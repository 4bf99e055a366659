using System.Net;
using System.Net.Sockets;

namespace MiniK8s.TestKit.Servers;

/// <summary>Loopback TCP ports that nobody listens on at the moment of asking.</summary>
public static class FreePorts
{
    /// <summary>One free port.</summary>
    public static int Next()
    {
        using var listener = Listen(0) ?? throw new InvalidOperationException("this machine has no free loopback port");
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A free port whose successor is free too; returns the lower one.</summary>
    public static int NextPair()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var port = Next();
            using var second = port < IPEndPoint.MaxPort ? Listen(port + 1) : null;
            if (second is not null)
            {
                return port;
            }
        }

        throw new InvalidOperationException("this machine has no two free loopback ports in a row");
    }

    private static TcpListener? Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }
}
