namespace MiniK8s.Client.Config;

/// <summary>
/// The clusters, users and contexts of one kubeconfig or of several merged ones (client-go's clientcmd/api/v1 Config, without
/// the ways of authentication that run other programs).
/// </summary>
public sealed record KubeConfig
{
    /// <summary>Servers by name.</summary>
    public IReadOnlyDictionary<string, KubeCluster> Clusters { get; init; } = new Dictionary<string, KubeCluster>();

    /// <summary>Identities by name.</summary>
    public IReadOnlyDictionary<string, KubeUser> Users { get; init; } = new Dictionary<string, KubeUser>();

    /// <summary>Pairs of both by name.</summary>
    public IReadOnlyDictionary<string, KubeContext> Contexts { get; init; } = new Dictionary<string, KubeContext>();

    /// <summary>The context that is used when none is named.</summary>
    public string? CurrentContext { get; init; }

    /// <summary>The path or paths that it was read from, for messages.</summary>
    public string Source { get; init; } = "kubeconfig";

    /// <summary>Both together; where both have a name, or both a current context, this one wins (as in client-go).</summary>
    public KubeConfig MergeWith(KubeConfig lower)
    {
        ArgumentNullException.ThrowIfNull(lower);
        return new()
        {
            Clusters = Union(Clusters, lower.Clusters),
            Users = Union(Users, lower.Users),
            Contexts = Union(Contexts, lower.Contexts),
            CurrentContext = string.IsNullOrEmpty(CurrentContext) ? lower.CurrentContext : CurrentContext,
            Source = $"{Source}:{lower.Source}",
        };
    }

    private static Dictionary<string, TItem> Union<TItem>(IReadOnlyDictionary<string, TItem> first, IReadOnlyDictionary<string, TItem> second)
    {
        var union = new Dictionary<string, TItem>(second);
        foreach (var (name, item) in first)
        {
            union[name] = item;
        }

        return union;
    }
}

/// <summary>An entry of <c>clusters</c>.</summary>
public sealed record KubeCluster
{
    /// <summary><c>server</c>.</summary>
    public string? Server { get; init; }

    /// <summary><c>tls-server-name</c>.</summary>
    public string? TlsServerName { get; init; }

    /// <summary><c>insecure-skip-tls-verify</c>.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary><c>certificate-authority-data</c>, else <c>certificate-authority</c>.</summary>
    public KubeData? Authority { get; init; }

    /// <summary><c>proxy-url</c>.</summary>
    public string? ProxyUrl { get; init; }
}

/// <summary>An entry of <c>users</c>.</summary>
public sealed record KubeUser
{
    /// <summary><c>client-certificate-data</c>, else <c>client-certificate</c>.</summary>
    public KubeData? ClientCertificate { get; init; }

    /// <summary><c>client-key-data</c>, else <c>client-key</c>.</summary>
    public KubeData? ClientKey { get; init; }

    /// <summary><c>token</c>.</summary>
    public string? Token { get; init; }

    /// <summary><c>tokenFile</c>, absolute.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Ways to authenticate that this client does not have; using the user is an error, reading it is not.</summary>
    public IReadOnlyList<string> Unsupported { get; init; } = [];
}

/// <summary>An entry of <c>contexts</c>.</summary>
public sealed record KubeContext
{
    /// <summary><c>cluster</c>.</summary>
    public string? Cluster { get; init; }

    /// <summary><c>user</c>; empty for no credentials.</summary>
    public string? User { get; init; }

    /// <summary><c>namespace</c>.</summary>
    public string? Namespace { get; init; }
}

/// <summary>PEM that stands in the kubeconfig itself or in a file beside it.</summary>
public abstract record KubeData
{
    private KubeData()
    {
    }

    /// <summary>The field ended in <c>-data</c>; the text is decoded from base64.</summary>
    public sealed record Inline(string Pem) : KubeData
    {
        /// <summary>Keeps keys out of logs.</summary>
        public override string ToString() => "inline data";
    }

    /// <summary>The absolute path of the file.</summary>
    public sealed record InFile(string Path) : KubeData;
}
