using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MiniK8s.Client.Config;

namespace MiniK8s.Client.Rest;

/// <summary>Builds the connections of one client.</summary>
internal static class Connections
{
    // A peer that vanished without a word is found by HTTP/2 pings, where there are none by those of TCP, and else by the feeds' own idle limit.
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(15);
    private const int Probes = 3;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    internal static SocketsHttpHandler Create(ClientConfig config) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = config.Proxy is not null,
        Proxy = config.Proxy is null ? null : new WebProxy(config.Proxy),
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = PingAfter,
        KeepAlivePingTimeout = PingLimit,
        ConnectTimeout = ConnectLimit,
        ConnectCallback = config.WatchesApart ? ConnectProbedAsync : null,
        SslOptions = Tls(config),
    };

    private static async ValueTask<Stream> ConnectProbedAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)PingAfter.TotalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, (int)PingLimit.TotalSeconds / Probes);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SslClientAuthenticationOptions Tls(ClientConfig config)
    {
        var options = new SslClientAuthenticationOptions();
        if (config.Identity is { } identity)
        {
            options.ClientCertificateContext = CertificateContext(identity);
        }

        if (config.InsecureSkipTlsVerify)
        {
#pragma warning disable CA5359 // The user asked for it by insecure-skip-tls-verify.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (config.AuthorityPem is not null || config.TlsServerName is not null)
        {
            options.RemoteCertificateValidationCallback = new ServerTrust(config.AuthorityPem, config.TlsServerName).Validate;
        }

        return options;
    }

    private static SslStreamCertificateContext CertificateContext(ClientIdentity identity)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(identity.CertificatePem);
        chain.RemoveAt(0);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(identity.CertificatePem, identity.KeyPem), chain, offline: true);
    }
}
