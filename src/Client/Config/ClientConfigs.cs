using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MiniK8s.Client.Config;

/// <summary>Makes a <see cref="ClientConfig"/> of what the user or the pod was given.</summary>
public static class ClientConfigs
{
    private const string AccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>
    /// As client-go's deferred loading does it: the kubeconfig that was named or is found (<see cref="KubeConfigFiles.Load"/>),
    /// else the service account of the pod that this process runs in.
    /// </summary>
    /// <param name="kubeconfig">The file named by the user, or null.</param>
    /// <param name="context">The context named by the user; null for the current one.</param>
    /// <exception cref="KubeConfigException">There is none, or it is wrong.</exception>
    public static ClientConfig Load(string? kubeconfig = null, string? context = null) =>
        KubeConfigFiles.Load(kubeconfig) is { } config
            ? Of(config, context)
            : InCluster() ?? throw new KubeConfigException(
                "no kubeconfig: give --kubeconfig FILE, set KUBECONFIG, or create ~/.kube/config (minik8s writes one to DATA-DIR/admin.kubeconfig)");

    /// <summary>Resolves a context and reads the files that it names.</summary>
    /// <exception cref="KubeConfigException">A name leads nowhere, a file cannot be read, or the data in it is no certificate or key.</exception>
    public static ClientConfig Of(KubeConfig config, string? context = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        var resolved = ResolveContext(config, context);
        var cluster = Find(config, config.Clusters, "cluster", resolved.Cluster);
        var user = string.IsNullOrEmpty(resolved.User) ? new KubeUser() : Find(config, config.Users, "user", resolved.User);
        if (user.Unsupported.Count > 0)
        {
            throw new KubeConfigException(
                $"{config.Source}: user '{resolved.User}': '{user.Unsupported[0]}' is not supported; use client-certificate, client-key, token or tokenFile");
        }

        return new ClientConfig
        {
            Server = ServerAddress(config, resolved.Cluster!, cluster),
            AuthorityPem = PemChecks.Authority(Pem(config, cluster.Authority, "certificate-authority"), config.Source),
            TlsServerName = cluster.TlsServerName,
            InsecureSkipTlsVerify = cluster.InsecureSkipTlsVerify,
            Identity = Identity(config, resolved.User, user),
            Token = user.Token,
            TokenFile = user.TokenFile,
            Namespace = string.IsNullOrEmpty(resolved.Namespace) ? "default" : resolved.Namespace,
            Proxy = ProxyAddress(config, resolved.Cluster!, cluster),
        };
    }

    /// <summary>The configuration of a pod with a service account token; null when this process runs in none.</summary>
    public static ClientConfig? InCluster(string folder = AccountFolder)
    {
        var host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");
        var port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT");
        var token = Path.Combine(folder, "token");
        var authority = Path.Combine(folder, "ca.crt");
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port) || !File.Exists(token))
        {
            return null;
        }

        var address = host.Contains(':', StringComparison.Ordinal) ? $"https://[{host}]:{port}" : $"https://{host}:{port}";
        var space = Path.Combine(folder, "namespace");
        return new ClientConfig
        {
            Server = new Uri(address),
            AuthorityPem = File.Exists(authority) ? PemChecks.Authority(File.ReadAllText(authority), authority) : null,
            TokenFile = token,
            Namespace = File.Exists(space) ? File.ReadAllText(space).Trim() : "default",
        };
    }

    private static KubeContext ResolveContext(KubeConfig config, string? context)
    {
        var name = string.IsNullOrEmpty(context) ? config.CurrentContext : context;
        if (!string.IsNullOrEmpty(name))
        {
            return Find(config, config.Contexts, "context", name);
        }

        throw new KubeConfigException($"{config.Source}: current-context is not set; set it or name a context ({Names(config.Contexts)})");
    }

    private static TItem Find<TItem>(KubeConfig config, IReadOnlyDictionary<string, TItem> items, string what, string? name) =>
        name is not null && items.TryGetValue(name, out var item)
            ? item
            : throw new KubeConfigException($"{config.Source}: there is no {what} '{name}'; there are: {Names(items)}");

    private static string Names<TItem>(IReadOnlyDictionary<string, TItem> items) =>
        items.Count == 0 ? "none" : string.Join(", ", items.Keys.Order(StringComparer.Ordinal));

    private static Uri ServerAddress(KubeConfig config, string name, KubeCluster cluster)
    {
        var text = cluster.Server ?? "";
        var withScheme = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        return Uri.TryCreate(withScheme, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && text.Length > 0
            ? address
            : throw new KubeConfigException($"{config.Source}: cluster '{name}': server '{text}' must be an address such as https://127.0.0.1:6443");
    }

    private static Uri? ProxyAddress(KubeConfig config, string name, KubeCluster cluster) => cluster.ProxyUrl switch
    {
        null or "" => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "socks5" => address,
        var text => throw new KubeConfigException($"{config.Source}: cluster '{name}': proxy-url '{text}' must be an http, https or socks5 address"),
    };

    private static ClientIdentity? Identity(KubeConfig config, string? name, KubeUser user)
    {
        var certificate = Pem(config, user.ClientCertificate, "client-certificate");
        var key = Pem(config, user.ClientKey, "client-key");
        if (certificate is null && key is null)
        {
            return null;
        }

        if (certificate is null || key is null)
        {
            var missing = key is null ? "client-key" : "client-certificate";
            throw new KubeConfigException($"{config.Source}: user '{name}': {missing} is missing; client-certificate and client-key go together");
        }

        try
        {
            using var pair = X509Certificate2.CreateFromPem(certificate, key);
            return new ClientIdentity(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new KubeConfigException($"{config.Source}: user '{name}': client-certificate and client-key are no matching PEM pair: {e.Message}", e);
        }
    }

    private static string? Pem(KubeConfig config, KubeData? data, string field)
    {
        try
        {
            return data switch
            {
                KubeData.Inline inline => inline.Pem,
                KubeData.InFile named => File.ReadAllText(named.Path),
                _ => null,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"{config.Source}: {field}: {e.Message}", e);
        }
    }
}
