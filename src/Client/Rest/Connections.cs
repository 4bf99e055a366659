using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MiniK8s.Client.Config;

namespace MiniK8s.Client.Rest;

/// <summary>Builds the connections of one client.</summary>
internal static class Connections
{
    // A peer that vanished without a word is found by HTTP/2 pings, or, where there are none, by the feeds' own idle limit.
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(15);
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
        SslOptions = Tls(config),
    };

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
