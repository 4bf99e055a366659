using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace MiniK8s.Kubelet;

/// <summary>What a node is called and where it is reached, unless the user says otherwise.</summary>
public static class NodeIdentity
{
    /// <summary>The host's name in lower case, as Kubernetes takes it.</summary>
    public static string DefaultName => Environment.MachineName.ToLowerInvariant();

    /// <summary>The Docker Engine: <c>DOCKER_HOST</c>, as Docker's own clients have it, else the usual socket.</summary>
    public static Uri DefaultEngine =>
        Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } address && Uri.TryCreate(address, UriKind.Absolute, out var engine)
            ? engine
            : new Uri("unix:///var/run/docker.sock");

    /// <summary><c>~/.minik8s</c>.</summary>
    public static string DefaultDataDirectory => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".minik8s");

    /// <summary>
    /// The IPv4 address of the interface that has a gateway; else of any that is up and not made for containers; else loopback,
    /// which does for a node that is alone.
    /// </summary>
    public static string DefaultAddress()
    {
        var candidates = NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .Where(card => !IsForContainers(card.Name))
            .Select(card => card.GetIPProperties())
            .OrderByDescending(card => card.GatewayAddresses.Any(gateway => gateway.Address.AddressFamily == AddressFamily.InterNetwork))
            .SelectMany(card => card.UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork);
        return candidates.FirstOrDefault()?.ToString() ?? "127.0.0.1";
    }

    private static bool IsForContainers(string name) =>
        name.StartsWith("docker", StringComparison.Ordinal) || name.StartsWith("br-", StringComparison.Ordinal)
        || name.StartsWith("veth", StringComparison.Ordinal) || name == Network.PodNetwork.Bridge || name == "kube-ipvs0";
}
