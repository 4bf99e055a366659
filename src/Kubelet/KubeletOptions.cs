using MiniK8s.Api.Names;

namespace MiniK8s.Kubelet;

/// <summary>How one kubelet runs.</summary>
public sealed record KubeletOptions
{
    /// <summary>The name of the Node; a DNS-1123 subdomain.</summary>
    public required string NodeName { get; init; }

    /// <summary>The address under which other nodes reach this one.</summary>
    public required string NodeAddress { get; init; }

    /// <summary>The Docker Engine: <c>unix:///path</c> or <c>tcp://host:port</c>.</summary>
    public Uri DockerHost { get; init; } = new("unix:///var/run/docker.sock");

    /// <summary>Where the pods' directories are; made with mode 0700.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// Whether the engine hides pods behind the node's address when they talk to anything outside their subnet. Right for one node;
    /// with several nodes pods must see each other's own addresses, so it is off there.
    /// </summary>
    public bool MasqueradePods { get; init; } = true;

    /// <summary>How often the node's Lease is renewed. Kubernetes: 10 s, a quarter of the 40 s after which a node counts as gone.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often everything is looked at again even if nothing seems to happen.</summary>
    public TimeSpan ResyncInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The container that owns a pod's network.</summary>
    public string PauseImage { get; init; } = Images.LocalImages.Pause;

    /// <summary>What is wrong with the options, in words for the user; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var wrong in NameRules.Dns1123Subdomain(NodeName)) yield return $"--node-name '{NodeName}': {wrong}";
        if (!Api.Networking.IpText.IsValid(NodeAddress)) yield return $"--node-ip '{NodeAddress}' must be an IP address";
        if (DockerHost.Scheme is not ("unix" or "tcp")) yield return $"--docker-host '{DockerHost}' must begin with unix:// or tcp://";
        if (DataDirectory.Length == 0) yield return "--data-dir must not be empty";
    }
}
