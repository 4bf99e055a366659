using System.Net;
using MiniK8s.Api.Networking;

namespace MiniK8s.ControllerManager;

/// <summary>What a controller manager is told. Every default suits one process on one host.</summary>
public sealed record ControllerManagerOptions
{
    /// <summary>Addresses and node ports of Services; the same as the API server's.</summary>
    public ServiceNetwork Network { get; init; } = ServiceNetwork.Default;

    /// <summary>
    /// Addresses of pods, of which every node gets a block in <c>spec.podCIDR</c>: one block per family, at most two. Empty leaves
    /// the nodes alone.
    /// </summary>
    public IReadOnlyList<IPNetwork> ClusterCidrs { get; init; } = [];

    /// <summary>Whether several controller managers share the work by one leading; without it this one works at once.</summary>
    public bool LeaderElect { get; init; }

    /// <summary>Who this one is among the candidates; unlike every other.</summary>
    public string Identity { get; init; } = $"{Environment.MachineName}_{Guid.NewGuid():N}";

    /// <summary>Certificate authority of the API server in PEM, for the config map <c>kube-root-ca.crt</c>; null makes none.</summary>
    public string? RootCertificate { get; init; }

    /// <summary>How long a node may be silent before it counts as gone. Kubelets renew their lease every 10 s.</summary>
    public TimeSpan NodeMonitorGracePeriod { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How long the pods of a deleted node are kept, in case that the node registers again.</summary>
    public TimeSpan NodeAbsenceGracePeriod { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Whether pods are bound to nodes by this process; false where another scheduler does.</summary>
    public bool Schedule { get; init; } = true;

    /// <summary>Refuses what cannot work.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public void Check()
    {
        if (NodeMonitorGracePeriod <= TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"NodeMonitorGracePeriod is {NodeMonitorGracePeriod}; it must be longer than 0, and should be several times the 10 s between heartbeats");
        }

        if (NodeAbsenceGracePeriod < TimeSpan.Zero) throw new ArgumentException($"NodeAbsenceGracePeriod is {NodeAbsenceGracePeriod}; it must not be negative");
        if (string.IsNullOrWhiteSpace(Identity)) throw new ArgumentException("Identity is empty; it must tell this process from every other candidate");
        if (ClusterCidrs.Count > 2 || ClusterCidrs.DistinctBy(c => c.BaseAddress.AddressFamily).Count() != ClusterCidrs.Count)
        {
            throw new ArgumentException($"ClusterCidrs is {string.Join(',', ClusterCidrs)}; wanted is one block, or one of IPv4 and one of IPv6");
        }
    }
}
