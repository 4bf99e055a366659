namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>A proxy to be measured: how it is called in the results, and its command line.</summary>
/// <param name="Name">Such as <c>kube-proxy nftables</c>.</param>
/// <param name="Command">The command line for a kubeconfig.</param>
internal sealed record ProxyProgram(string Name, Func<string, IReadOnlyList<string>> Command)
{
    /// <summary>Where all of them serve their metrics.</summary>
    public const string MetricsAddress = "127.0.0.1:10249";

    private const string HealthAddress = "127.0.0.1:10256";

    /// <summary>The built proxy beside this program.</summary>
    public static ProxyProgram Ours(string mode) => new($"minik8s {mode}", kubeconfig =>
    [
        "dotnet", Path.Combine(AppContext.BaseDirectory, "MiniK8s.Proxy.dll"), "--kubeconfig", kubeconfig, "--node-name", ProxyNode.NodeName,
        "--proxy-mode", mode, "--cluster-cidr", ProxyNode.PodCidr, "--metrics-bind-address", MetricsAddress, "--healthz-bind-address", HealthAddress,
    ]);

    /// <summary>A kube-proxy with its own defaults, but for the limits of the host's conntrack table, which are not its business here.</summary>
    public static ProxyProgram KubeProxy(string path, string mode) => new($"kube-proxy {mode}", kubeconfig =>
    [
        path, "--kubeconfig", kubeconfig, "--hostname-override", ProxyNode.NodeName, "--proxy-mode", mode, "--cluster-cidr", ProxyNode.PodCidr,
        "--metrics-bind-address", MetricsAddress, "--healthz-bind-address", HealthAddress,
        "--conntrack-max-per-core", "0", "--conntrack-tcp-timeout-established", "0s", "--conntrack-tcp-timeout-close-wait", "0s",
    ]);
}
