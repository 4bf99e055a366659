using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MiniK8s.Client.Rest;

/// <summary>Decides whether a server's certificate is the one that the kubeconfig asks for.</summary>
internal sealed class ServerTrust
{
    private readonly X509Certificate2Collection? _authorities;
    private readonly string? _name;

    /// <param name="authorityPem">Only these authorities count; null leaves the verdict on the chain to the platform.</param>
    /// <param name="name">The name that the certificate must carry; null leaves the verdict on the name to the platform.</param>
    internal ServerTrust(string? authorityPem, string? name)
    {
        _name = string.IsNullOrEmpty(name) ? null : name;
        if (authorityPem is not null)
        {
            _authorities = [];
            _authorities.ImportFromPem(authorityPem);
        }
    }

    internal bool Validate(object sender, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors) =>
        certificate is X509Certificate2 leaf
        && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)
        && (_name is null ? !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) : leaf.MatchesHostname(_name))
        && (_authorities is null ? !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) : IsVouchedFor(leaf, sent, _authorities));

    private static bool IsVouchedFor(X509Certificate2 leaf, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1", "serverAuth"));
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        return chain.Build(leaf);
    }
}
