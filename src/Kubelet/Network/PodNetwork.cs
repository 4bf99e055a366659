using Microsoft.Extensions.Logging;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Network;

/// <summary>The engine network that gives pods their addresses: one bridge per node, with the node's pod subnet.</summary>
internal sealed class PodNetwork(IContainerEngine engine, bool masquerade, ILogger<PodNetwork> log)
{
    /// <summary>The network's name in the engine.</summary>
    public const string Name = "minik8s";

    /// <summary>The bridge's name on the host.</summary>
    public const string Bridge = "minik8s0";

    // From 28 on the engine drops packets that reach a container's address from another host, unless told that this is wanted.
    private const int FirstEngineThatFiltersRouted = 28;

    /// <summary>Makes the network with this subnet, or takes the one that is there. An empty one with another subnet is replaced.</summary>
    /// <exception cref="InvalidOperationException">Containers still live in the network with another subnet.</exception>
    public async Task EnsureAsync(string subnet, CancellationToken cancellationToken)
    {
        var present = await engine.FindNetworkAsync(Name, cancellationToken);
        if (present is not null)
        {
            if (present.Subnets.Any(known => known.Subnet == subnet)) return;
            if (present.Containers.Count > 0)
            {
                throw new InvalidOperationException($"the engine's network {Name} has the subnet {string.Join(", ", present.Subnets.Select(known => known.Subnet))} instead of {subnet}, and containers in it; remove them");
            }

            log.LogWarning("Replacing network {Network}: the node's subnet is now {Subnet}", Name, subnet);
            await engine.RemoveNetworkAsync(Name, cancellationToken);
        }

        await engine.CreateNetworkAsync(await SpecAsync(subnet, cancellationToken), cancellationToken);
        log.LogInformation("Made network {Network} with {Subnet}", Name, subnet);
    }

    private async Task<NetworkSpec> SpecAsync(string subnet, CancellationToken cancellationToken)
    {
        var options = new Dictionary<string, string>
        {
            ["com.docker.network.bridge.name"] = Bridge,
            ["com.docker.network.bridge.enable_ip_masquerade"] = masquerade ? "true" : "false",
        };
        var version = (await engine.VersionAsync(cancellationToken)).Version;
        if (int.TryParse(version.Split('.')[0], out var major) && major >= FirstEngineThatFiltersRouted)
        {
            options["com.docker.network.bridge.gateway_mode_ipv4"] = "nat-unprotected";
        }

        return new NetworkSpec { Name = Name, Subnet = subnet, Options = options };
    }
}
