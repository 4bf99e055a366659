using System.Net;
using MiniK8s.ApiServer.Security.Authentication;
using MiniK8s.ApiServer.Security.Pki;

namespace MiniK8s.ApiServer.Tests.Security;

public sealed class CertificateAuthorityTests : IDisposable
{
    private readonly CertificateAuthority authority = CertificateAuthority.Create("test", TimeProvider.System);

    public void Dispose() => authority.Dispose();

    [Fact]
    public void A_client_certificate_names_its_user_and_groups_and_is_trusted()
    {
        using var certificate = authority.IssueClient("alice", "ops", "system:masters").ToX509();
        var user = ClientCertificates.UserOf(certificate);
        Assert.Equal("alice", user!.Name);
        Assert.Equal(["ops", UserInfo.AllAuthenticated, "system:masters"], user.Groups.Order(StringComparer.Ordinal));
        Assert.True(new ClientCertificates(authority.Certificate, TimeProvider.System).IsTrusted(certificate));
    }

    [Fact]
    public void A_certificate_of_another_authority_of_the_same_name_is_not_trusted()
    {
        using var other = CertificateAuthority.Create("test", TimeProvider.System);
        using var certificate = other.IssueClient("alice", "system:masters").ToX509();
        Assert.False(new ClientCertificates(authority.Certificate, TimeProvider.System).IsTrusted(certificate));
    }

    [Fact]
    public void A_server_certificate_does_not_authenticate_a_client()
    {
        using var certificate = authority.IssueServer("kube-apiserver", ["localhost"], [IPAddress.Loopback]).ToX509();
        Assert.False(new ClientCertificates(authority.Certificate, TimeProvider.System).IsTrusted(certificate));
    }

    [Fact]
    public void An_expired_certificate_is_not_trusted()
    {
        using var certificate = authority.IssueClient("alice").ToX509();
        var later = new FixedClock(TimeProvider.System.GetUtcNow() + CertificateAuthority.LeafLifetime + TimeSpan.FromMinutes(1));
        Assert.False(new ClientCertificates(authority.Certificate, later).IsTrusted(certificate));
    }

    [Fact]
    public void An_authority_survives_being_saved_and_loaded()
    {
        using var loaded = CertificateAuthority.Load(authority.CertificatePem, authority.ExportKeyPem(), TimeProvider.System);
        using var certificate = loaded.IssueClient("bob").ToX509();
        Assert.True(new ClientCertificates(authority.Certificate, TimeProvider.System).IsTrusted(certificate));
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
