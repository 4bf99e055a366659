namespace MiniK8s.Kubelet.Docker;

/// <summary>A network to create.</summary>
public sealed record NetworkSpec
{
    public required string Name { get; init; }

    public string Driver { get; init; } = "bridge";

    /// <summary>For example <c>10.244.1.0/24</c>; null lets the engine choose.</summary>
    public string? Subnet { get; init; }

    /// <summary>The bridge's own address in the subnet; null for its first.</summary>
    public string? Gateway { get; init; }

    /// <summary>The part of the subnet that addresses are chosen from; null for all of it.</summary>
    public string? AddressRange { get; init; }

    /// <summary>Driver options: <c>com.docker.network.bridge.name</c>, <c>com.docker.network.bridge.enable_ip_masquerade</c> and others.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>True for a network without a way out.</summary>
    public bool Internal { get; init; }
}

/// <summary>A network that the engine has.</summary>
public sealed record NetworkDetails
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Driver { get; init; }

    public IReadOnlyList<NetworkSubnet> Subnets { get; init; } = [];

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Addresses with prefix length of the running containers on it, by container id. A list of networks leaves it empty.</summary>
    public IReadOnlyDictionary<string, string> Containers { get; init; } = new Dictionary<string, string>();
}

/// <summary>One subnet of a network.</summary>
/// <param name="Subnet">For example <c>10.244.1.0/24</c>.</param>
/// <param name="Gateway">Empty when the engine chose it and nobody asked.</param>
public sealed record NetworkSubnet(string Subnet, string Gateway);
