using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using MiniK8s.ApiServer.Security;
using MiniK8s.ApiServer.Security.Authentication;
using MiniK8s.ApiServer.Security.Pki;

namespace MiniK8s.ApiServer.Hosting;

/// <summary>How the secure port speaks TLS and knows its users.</summary>
/// <param name="Tls">Sets up TLS.</param>
/// <param name="Authenticator">Knows users by their certificates and tokens.</param>
public sealed record ApiServerSecurity(Action<HttpsConnectionAdapterOptions> Tls, RequestAuthenticator Authenticator)
{
    /// <summary>The security of a cluster: a fresh server certificate, client certificates of its authority, and the tokens of its data directory.</summary>
    /// <param name="pki">The cluster's certificates.</param>
    /// <param name="dataDirectory">Where the tokens lie.</param>
    /// <param name="addresses">Addresses, beside loopback, under which the server is reached.</param>
    /// <param name="names">DNS names under which the server is reached.</param>
    /// <param name="clock">Time.</param>
    public static ApiServerSecurity Of(ClusterPki pki, string dataDirectory, IEnumerable<IPAddress> addresses, IEnumerable<string> names, TimeProvider clock)
    {
        var certificate = pki.ServerCertificate(addresses, names);
        var authenticator = new RequestAuthenticator(new TokenFile(dataDirectory, clock), new ClientCertificates(pki.Authority.Certificate, clock));
        return new ApiServerSecurity(https => TlsListener.Configure(https, certificate), authenticator);
    }
}
