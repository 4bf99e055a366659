using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record PodDNSConfig
{
    [Proto(1), Atomic]
    public IReadOnlyList<string> Nameservers { get; init => field = value ?? []; } = [];

    [Proto(3), Atomic]
    public IReadOnlyList<PodDNSConfigOption> Options { get; init => field = value ?? []; } = [];

    [Proto(2), Atomic]
    public IReadOnlyList<string> Searches { get; init => field = value ?? []; } = [];
}
