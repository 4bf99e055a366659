using System.Net;

namespace MiniK8s.Cluster;

/// <summary>What <c>minik8s up</c> was asked for.</summary>
public sealed record UpOptions
{
    /// <summary>Where certificates, tokens, the embedded store and the pods' volumes are.</summary>
    public required string DataDirectory { get; init; }

    /// <summary><c>sqlite</c>, <c>memory</c> or <c>etcd</c>.</summary>
    public string Store { get; init; } = "sqlite";

    /// <summary>URLs of etcd members.</summary>
    public IReadOnlyList<Uri> EtcdServers { get; init; } = [];

    /// <summary>Kafka brokers; null keeps events inside the process.</summary>
    public string? KafkaBootstrapServers { get; init; }

    /// <summary>The topic for events.</summary>
    public required string KafkaTopic { get; init; }

    /// <summary>The port of the API, with TLS; 0 for any free one.</summary>
    public int SecurePort { get; init; } = 6443;

    /// <summary>A port of the API without TLS and credentials, on loopback; null for none.</summary>
    public int? InsecurePort { get; init; }

    /// <summary>Whether this host runs pods.</summary>
    public bool RunsKubelet { get; init; } = true;

    /// <summary>Whether this host's kernel forwards Services.</summary>
    public bool RunsProxy { get; init; } = true;

    /// <summary>How the proxy programs the kernel.</summary>
    public string ProxyMode { get; init; } = "auto";

    /// <summary><c>random</c> or <c>round-robin</c>.</summary>
    public string Balancing { get; init; } = "random";

    /// <summary>The addresses of Services.</summary>
    public string ServiceClusterIpRange { get; init; } = "10.96.0.0/16";

    /// <summary>The ports of NodePort Services.</summary>
    public string ServiceNodePortRange { get; init; } = "30000-32767";

    /// <summary>The addresses of pods, of which each node has a /24.</summary>
    public string ClusterCidr { get; init; } = "10.244.0.0/16";

    /// <summary>The name of this host's Node.</summary>
    public required string NodeName { get; init; }

    /// <summary>The address by which this host is reached.</summary>
    public required IPAddress NodeAddress { get; init; }

    /// <summary>The Docker Engine.</summary>
    public required Uri DockerHost { get; init; }

    /// <summary>How much is logged.</summary>
    public int Verbosity { get; init; } = 1;
}
