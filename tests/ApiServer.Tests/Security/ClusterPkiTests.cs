using MiniK8s.ApiServer.Security.Pki;

namespace MiniK8s.ApiServer.Tests.Security;

public sealed class ClusterPkiTests : IDisposable
{
    private readonly string directory = Path.Combine(Path.GetTempPath(), $"minik8s-pki-{Guid.NewGuid():N}");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void The_authority_is_made_once_and_its_files_are_the_owners_only()
    {
        using var first = ClusterPki.Open(directory, TimeProvider.System);
        using var second = ClusterPki.Open(directory, TimeProvider.System);
        Assert.Equal(first.Authority.CertificatePem, second.Authority.CertificatePem);
        first.WriteKubeconfig(Path.Combine(directory, "admin.kubeconfig"), new Uri("https://127.0.0.1:6443"), ComponentIdentity.Admin);
        foreach (var file in Directory.GetFiles(directory, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(directory, "pki")));
    }

    [Fact]
    public void A_lost_key_is_reported_and_not_replaced()
    {
        ClusterPki.Open(directory, TimeProvider.System).Dispose();
        File.Delete(Path.Combine(directory, "pki", "ca.key"));
        var error = Assert.Throws<InvalidOperationException>(() => ClusterPki.Open(directory, TimeProvider.System));
        Assert.Contains("ca.key", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(directory, "pki", "ca.key")));
    }
}
