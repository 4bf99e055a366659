using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MiniK8s.ApiServer.Storage.Etcd;

/// <summary>Makes the HTTP/2 transport for one member.</summary>
internal static class EtcdTransport
{
    private const int StreamWindow = 1 << 20;

    // etcd disconnects a client that pings more often than every five seconds (--grpc-keepalive-min-time).
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(5);

    internal static SocketsHttpHandler Create(EtcdOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        ConnectTimeout = options.RequestTimeout,
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = StreamWindow,
        KeepAlivePingDelay = PingDelay,
        KeepAlivePingTimeout = PingTimeout,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        SslOptions = Tls(options),
    };

    private static SslClientAuthenticationOptions Tls(EtcdOptions options)
    {
        var tls = new SslClientAuthenticationOptions();
        if (options.CaFile is { } authorities)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(authorities);
            tls.CertificateChainPolicy = policy;
        }

        if (options is { CertificateFile: { } certificate, KeyFile: { } key })
        {
            tls.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate, key)];
        }

        return tls;
    }
}
