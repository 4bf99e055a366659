using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MiniK8s.ApiServer.Security.Pki;

/// <summary>
/// Signs the certificates of one cluster. Keys are ECDSA P-256; the authority lives ten years, what it signs one year.
/// A client certificate names its user in CN and the user's groups in O, as Kubernetes reads them.
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    private static readonly TimeSpan Backdating = TimeSpan.FromMinutes(5);
    private readonly X509Certificate2 certificate;
    private readonly TimeProvider clock;

    private CertificateAuthority(X509Certificate2 certificate, TimeProvider clock) => (this.certificate, this.clock) = (certificate, clock);

    /// <summary>How long a signed certificate is valid.</summary>
    public static TimeSpan LeafLifetime { get; } = TimeSpan.FromDays(365);

    /// <summary>The authority's own certificate, without its key.</summary>
    public X509Certificate2 Certificate => X509CertificateLoader.LoadCertificate(certificate.RawData);

    /// <summary>The authority's certificate as PEM.</summary>
    public string CertificatePem => certificate.ExportCertificatePem();

    /// <summary>Makes a new authority.</summary>
    public static CertificateAuthority Create(string name, TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = clock.GetUtcNow();
        return new CertificateAuthority(request.CreateSelfSigned(now - Backdating, now.AddYears(10)), clock);
    }

    /// <summary>Takes up an authority made before.</summary>
    /// <exception cref="CryptographicException">The texts are no PEM, or the key is not the certificate's.</exception>
    public static CertificateAuthority Load(string certificatePem, string keyPem, TimeProvider clock) =>
        new(X509Certificate2.CreateFromPem(certificatePem, keyPem), clock);

    /// <summary>The authority's private key as PEM (PKCS#8).</summary>
    public string ExportKeyPem()
    {
        using var key = certificate.GetECDsaPrivateKey() ?? throw new CryptographicException("the authority has no ECDSA key");
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>A certificate by which a client shows who it is.</summary>
    public IssuedCertificate IssueClient(string user, params IReadOnlyList<string> groups)
    {
        var subject = new X500DistinguishedNameBuilder();
        foreach (var group in groups) subject.AddOrganizationName(group);
        subject.AddCommonName(user);
        return Issue(subject.Build(), "1.3.6.1.5.5.7.3.2", null);
    }

    /// <summary>A certificate for a server that is reached under these DNS names and addresses.</summary>
    public IssuedCertificate IssueServer(string name, IEnumerable<string> dnsNames, IEnumerable<IPAddress> addresses)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var dns in dnsNames.Distinct()) alternatives.AddDnsName(dns);
        foreach (var address in addresses.Distinct()) alternatives.AddIpAddress(address);
        return Issue(new X500DistinguishedName($"CN={name}"), "1.3.6.1.5.5.7.3.1", alternatives.Build());
    }

    /// <inheritdoc/>
    public void Dispose() => certificate.Dispose();

    private IssuedCertificate Issue(X500DistinguishedName subject, string usage, X509Extension? alternatives)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, true, false));
        if (alternatives is not null) request.CertificateExtensions.Add(alternatives);
        var now = clock.GetUtcNow();
        using var signed = request.Create(certificate, now - Backdating, now + LeafLifetime, RandomNumberGenerator.GetBytes(16));
        return new IssuedCertificate(signed.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}

/// <summary>A certificate and its private key, both PEM.</summary>
public sealed record IssuedCertificate(string CertificatePem, string KeyPem)
{
    /// <summary>Both in one object that TLS can use.</summary>
    public X509Certificate2 ToX509()
    {
        using var certificate = X509Certificate2.CreateFromPem(CertificatePem, KeyPem);
        // SslStream on some platforms does not take a key that lives only in memory without this round trip.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
