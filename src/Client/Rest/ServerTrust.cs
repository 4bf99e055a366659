using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MiniK8s.Client.Rest;

/// <summary>Trusts exactly the authorities of the kubeconfig, and the name of the server as the platform checks it.</summary>
internal sealed class ServerTrust
{
    private readonly X509Certificate2Collection _authorities = [];

    internal ServerTrust(string authorityPem) => _authorities.ImportFromPem(authorityPem);

    internal bool Validate(object sender, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        // The platform's verdict on the chain is about the machine's authorities; those do not count here.
        if (certificate is not X509Certificate2 leaf || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        return chain.Build(leaf);
    }
}
