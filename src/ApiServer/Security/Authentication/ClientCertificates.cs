using System.Security.Cryptography.X509Certificates;

namespace MiniK8s.ApiServer.Security.Authentication;

/// <summary>Reads who a client is from the certificate that it showed in the TLS handshake.</summary>
public sealed class ClientCertificates(X509Certificate2 authority, TimeProvider clock)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Whether the certificate was signed by the cluster's authority for client authentication and is valid now.</summary>
    public bool IsTrusted(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new(ClientAuthentication));
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }

    /// <summary>The user of a trusted certificate: CN, and each O a group. Null where there is no CN.</summary>
    public static UserInfo? UserOf(X509Certificate2 certificate)
    {
        string? name = null;
        var groups = new List<string>();
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements) continue;
            var value = part.GetSingleElementValue();
            switch (part.GetSingleElementType().Value)
            {
                case "2.5.4.3": name = value; break;
                case "2.5.4.10" when value is not null: groups.Add(value); break;
            }
        }

        return string.IsNullOrEmpty(name) ? null : UserInfo.Authenticated(name, groups);
    }
}
