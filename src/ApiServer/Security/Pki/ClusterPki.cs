using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace MiniK8s.ApiServer.Security.Pki;

/// <summary>
/// The certificates of a cluster in its data directory: the authority (<c>pki/ca.crt</c>, <c>pki/ca.key</c>), made at the first
/// start, and what it signs. The server's own certificate is signed anew at each start, for the names and addresses of that start.
/// </summary>
public sealed class ClusterPki : IDisposable
{
    private readonly string directory;

    private ClusterPki(string directory, CertificateAuthority authority) => (this.directory, Authority) = (directory, authority);

    /// <summary>The cluster's authority.</summary>
    public CertificateAuthority Authority { get; }

    /// <summary>Opens the authority in <paramref name="dataDirectory"/>, or makes it.</summary>
    /// <exception cref="InvalidOperationException">One of the two files is missing or they do not fit together.</exception>
    public static ClusterPki Open(string dataDirectory, TimeProvider clock)
    {
        var directory = Path.Combine(dataDirectory, "pki");
        PrivateFile.CreateDirectory(dataDirectory);
        PrivateFile.CreateDirectory(directory);
        var (certificate, key) = (Path.Combine(directory, "ca.crt"), Path.Combine(directory, "ca.key"));
        if (File.Exists(certificate) != File.Exists(key))
        {
            throw new InvalidOperationException($"{directory} holds only one of ca.crt and ca.key; restore the other, or remove both to begin a new cluster");
        }

        if (!File.Exists(certificate))
        {
            using var made = CertificateAuthority.Create("minik8s", clock);
            PrivateFile.Write(key, made.ExportKeyPem());
            PrivateFile.Write(certificate, made.CertificatePem);
        }

        return new ClusterPki(directory, CertificateAuthority.Load(File.ReadAllText(certificate), File.ReadAllText(key), clock));
    }

    /// <summary>The certificate under which the API is served: loopback, the host's name, the Service <c>kubernetes</c> and what is given.</summary>
    public X509Certificate2 ServerCertificate(IEnumerable<IPAddress> addresses, IEnumerable<string> names) =>
        Authority.IssueServer(
            "kube-apiserver",
            [.. names, "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", Dns.GetHostName()],
            [.. addresses, IPAddress.Loopback, IPAddress.IPv6Loopback]).ToX509();

    /// <summary>
    /// Writes a kubeconfig (0600) with a fresh client certificate for <paramref name="identity"/>, in place of an older one:
    /// certificates live a year, so each start renews them.
    /// </summary>
    public void WriteKubeconfig(string path, Uri server, ComponentIdentity identity)
    {
        var text = KubeconfigText.Of(server, Authority.CertificatePem, Authority.IssueClient(identity.User, identity.Groups), identity.User);
        PrivateFile.Write(path, text);
    }

    /// <summary>The path of a file in the pki directory.</summary>
    public string PathOf(string name) => Path.Combine(directory, name);

    /// <inheritdoc/>
    public void Dispose() => Authority.Dispose();
}

/// <summary>Who a component is to the API server.</summary>
/// <param name="User">The user name, in the certificate's CN.</param>
/// <param name="Groups">The groups, in the certificate's O.</param>
public sealed record ComponentIdentity(string User, params IReadOnlyList<string> Groups)
{
    /// <summary>May do everything.</summary>
    public static ComponentIdentity Admin { get; } = new("kubernetes-admin", "system:masters");

    /// <summary>The controllers and the scheduler.</summary>
    public static ComponentIdentity ControllerManager { get; } = new("system:kube-controller-manager");

    /// <summary>The proxy of any node.</summary>
    public static ComponentIdentity Proxy { get; } = new("system:kube-proxy");

    /// <summary>The kubelet of one node.</summary>
    public static ComponentIdentity Node(string name) => new($"system:node:{name}", "system:nodes");
}
