using System.Security.Cryptography;
using System.Text;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Iptables;

/// <summary>
/// The names of kube-proxy's chains. A name of a Service's own chain is a prefix of nine characters and sixteen of the base32
/// text of a SHA-256: 25 characters, under the kernel's limit of 28, and the same on every node and in every run.
/// </summary>
internal static class ChainNames
{
    public const string Services = "KUBE-SERVICES";
    public const string ExternalServices = "KUBE-EXTERNAL-SERVICES";
    public const string NodePorts = "KUBE-NODEPORTS";
    public const string Firewall = "KUBE-PROXY-FIREWALL";
    public const string ClusterIPs = "KUBE-CLUSTER-IPS";
    public const string Forward = "KUBE-FORWARD";
    public const string Postrouting = "KUBE-POSTROUTING";
    public const string MarkMasquerade = "KUBE-MARK-MASQ";
    public const string IpvsFilter = "KUBE-IPVS-FILTER";
    public const string IpvsInside = "KUBE-IPVS-INSIDE";
    public const string IpvsAffinity = "KUBE-IPVS-AFFINITY";
    public const string Canary = "KUBE-PROXY-CANARY";

    private const string ClusterPrefix = "KUBE-SVC-";
    private const string LocalPrefix = "KUBE-SVL-";
    private const string ExternalPrefix = "KUBE-EXT-";
    private const string SourceRangesPrefix = "KUBE-FW-";
    private const string EndpointPrefix = "KUBE-SEP-";
    private const int HashLength = 16;

    /// <summary>Prefixes of chains that belong to one Service, with those of older kube-proxies.</summary>
    private static readonly string[] ServicePrefixes = [ClusterPrefix, LocalPrefix, ExternalPrefix, SourceRangesPrefix, EndpointPrefix, "KUBE-XLB-"];

    /// <summary>Endpoints for policy Cluster.</summary>
    public static string Cluster(ServicePortName name) => ClusterPrefix + Hash(name, "");

    /// <summary>Endpoints for policy Local.</summary>
    public static string Local(ServicePortName name) => LocalPrefix + Hash(name, "");

    /// <summary>Where traffic for external addresses enters.</summary>
    public static string External(ServicePortName name) => ExternalPrefix + Hash(name, "");

    /// <summary>Who may use the load balancer's addresses.</summary>
    public static string SourceRanges(ServicePortName name) => SourceRangesPrefix + Hash(name, "");

    /// <summary>One endpoint of one Service port.</summary>
    public static string Endpoint(ServicePortName name, ServiceEndpoint endpoint) => EndpointPrefix + Hash(name, endpoint.Text);

    /// <summary>Whether a chain of this name is a Service's, of this program or of a kube-proxy.</summary>
    public static bool IsServiceChain(string chain) => ServicePrefixes.Any(prefix => chain.StartsWith(prefix, StringComparison.Ordinal));

    private static string Hash(ServicePortName name, string endpoint)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{name}{name.Protocol.LowerName()}{endpoint}"), digest);
        return Base32(digest);
    }

    /// <summary>RFC 4648 base32 of the first ten bytes: exactly sixteen characters, five bits each.</summary>
    private static string Base32(ReadOnlySpan<byte> digest)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        Span<char> text = stackalloc char[HashLength];
        for (var i = 0; i < HashLength; i++)
        {
            var bit = i * 5;
            var pair = (digest[bit / 8] << 8) | digest[(bit / 8) + 1];
            text[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }
        return new string(text);
    }
}
