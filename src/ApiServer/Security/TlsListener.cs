using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace MiniK8s.ApiServer.Security;

/// <summary>How the secure port speaks TLS.</summary>
internal static class TlsListener
{
    /// <summary>
    /// TLS 1.2 and later; a client certificate is asked for and not demanded. One that is not trusted passes the handshake and is
    /// refused with 401 by the request's authentication, so that the client learns why.
    /// </summary>
    public static void Configure(HttpsConnectionAdapterOptions options, X509Certificate2 server)
    {
        options.ServerCertificate = server;
        options.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        options.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        options.ClientCertificateValidation = (_, _, _) => true;
        options.CheckCertificateRevocation = false;
        options.HandshakeTimeout = TimeSpan.FromSeconds(10);
    }
}
