using Microsoft.Extensions.Logging;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Network;

/// <summary>The engine network that gives pods their addresses: one bridge per node, with the node's pod subnet.</summary>
internal sealed class PodNetwork(IContainerEngine engine, BridgePorts ports, string node, bool masquerade, ILogger<PodNetwork> log)
{
    /// <summary>The network's name in the engine.</summary>
    public const string Name = "minik8s";

    /// <summary>The bridge's name on the host.</summary>
    public const string Bridge = "minik8s0";

    // From 28 on the engine drops packets that reach a container's address from another host, unless told that this is wanted.
    private const int FirstEngineThatFiltersRouted = 28;

    private readonly TaskCompletionSource made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isReplacing;

    /// <summary>Completes when the network is there for the first time.</summary>
    public Task Made => made.Task;

    /// <summary>Whether new sandboxes may join it: not while it is replaced, for its engine removes no network that is in use.</summary>
    public bool IsUsable => !isReplacing;

    /// <summary>
    /// Makes the network with this subnet, or takes the one that is there. One with another subnet is replaced, and its pods get new
    /// sandboxes: no route leads to their old addresses any more.
    /// </summary>
    /// <exception cref="InvalidOperationException">Containers that are not ours live in the network with another subnet.</exception>
    public async Task EnsureAsync(string subnet, CancellationToken cancellationToken)
    {
        var present = await engine.FindNetworkAsync(Name, cancellationToken);
        if (present is null || present.Subnets.All(known => known.Subnet != subnet))
        {
            isReplacing = true;
            if (present is not null) await RemoveAsync(present, subnet, cancellationToken);
            await engine.CreateNetworkAsync(await SpecAsync(subnet, cancellationToken), cancellationToken);
            log.LogInformation("Made network {Network} with {Subnet}", Name, subnet);
        }

        isReplacing = false;
        made.TrySetResult();
        await ports.OpenAsync(cancellationToken);
    }

    /// <summary>To be called when a sandbox has joined, before anything runs in it.</summary>
    public Task JoinedAsync(CancellationToken cancellationToken) => ports.OpenAsync(cancellationToken);

    private async Task RemoveAsync(NetworkDetails present, string subnet, CancellationToken cancellationToken)
    {
        log.LogWarning("Replacing network {Network}: the node's subnet is now {Subnet}", Name, subnet);
        var ours = (await engine.ListContainersAsync(PodLabels.Filter(node), cancellationToken)).Select(container => container.Id).ToHashSet();
        if (present.Containers.Keys.FirstOrDefault(id => !ours.Contains(id)) is { } foreign)
        {
            throw new InvalidOperationException(
                $"the engine's network {Name} has the subnet {string.Join(", ", present.Subnets.Select(known => known.Subnet))} instead of {subnet}, and the container {foreign} in it, which is no pod's; remove that container");
        }

        foreach (var sandbox in present.Containers.Keys) await engine.RemoveContainerAsync(sandbox, cancellationToken);
        await engine.RemoveNetworkAsync(Name, cancellationToken);
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
