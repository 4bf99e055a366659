using MiniK8s.TestKit.Processes;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>A proxy to be measured: how it is called in the results, and its command line.</summary>
/// <param name="Name">Such as <c>kube-proxy nftables</c>.</param>
/// <param name="Command">The command line for a kubeconfig.</param>
internal sealed record ProxyProgram(string Name, Func<string, IReadOnlyList<string>> Command)
{
    /// <summary>Where all of them serve their metrics.</summary>
    public const string MetricsAddress = "127.0.0.1:10249";

    private const string HealthAddress = "127.0.0.1:10256";

    /// <summary>The built proxy, as <c>./minik8s proxy</c> runs it.</summary>
    /// <param name="mode">Its <c>--proxy-mode</c>.</param>
    /// <param name="onRuntime">Whether it runs on the .NET runtime although it was compiled to machine code.</param>
    public static ProxyProgram Ours(string mode, bool onRuntime) => new(onRuntime || BuiltProxy.Native is null ? $"minik8s {mode} (.NET)" : $"minik8s {mode}", kubeconfig =>
    [
        .. onRuntime ? BuiltProxy.OnRuntime : BuiltProxy.Command, "--kubeconfig", kubeconfig, "--node-name", ProxyNode.NodeName,
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
