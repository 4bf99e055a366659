using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>DNS settings of a pod, merged into those that its DNS policy gives.</summary>
public sealed record PodDNSConfig
{
    /// <summary>Addresses of name servers, added after those of the policy; at most 3 in all.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<string> Nameservers { get; init => field = value ?? []; } = [];

    /// <summary>Options for /etc/resolv.conf, which replace those of the same name.</summary>
    [Proto(3), Atomic]
    public IReadOnlyList<PodDNSConfigOption> Options { get; init => field = value ?? []; } = [];

    /// <summary>Search domains, added after those of the policy.</summary>
    [Proto(2), Atomic]
    public IReadOnlyList<string> Searches { get; init => field = value ?? []; } = [];
}
