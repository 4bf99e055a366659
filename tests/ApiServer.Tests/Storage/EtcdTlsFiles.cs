using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MiniK8s.TestKit.Files;

namespace MiniK8s.ApiServer.Tests.Storage;

/// <summary>An authority, a server certificate for 127.0.0.1 and a client certificate, as PEM files.</summary>
internal sealed class EtcdTlsFiles : IDisposable
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-1);
    private static readonly DateTimeOffset Until = From.AddDays(30);

    private readonly TestFolder _folder = TestFolder.Create();

    internal EtcdTlsFiles()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test-ca", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(From, Until);
        File.WriteAllText(Ca, authority.ExportCertificatePem());
        Issue(authority, "server");
        Issue(authority, "client");
    }

    internal string Ca => _folder["ca.crt"];

    internal string Certificate(string name) => _folder[$"{name}.crt"];

    internal string Key(string name) => _folder[$"{name}.key"];

    public void Dispose() => _folder.Dispose();

    private void Issue(X509Certificate2 authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, From, Until, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Certificate(name), certificate.ExportCertificatePem());
        File.WriteAllText(Key(name), key.ExportPkcs8PrivateKeyPem());
    }
}
