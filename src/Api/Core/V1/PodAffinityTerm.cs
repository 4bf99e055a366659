using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

public sealed record PodAffinityTerm
{
    [Proto(1)]
    public LabelSelector? LabelSelector { get; init; }

    [Proto(5), Atomic]
    public IReadOnlyList<string> MatchLabelKeys { get; init => field = value ?? []; } = [];

    [Proto(6), Atomic]
    public IReadOnlyList<string> MismatchLabelKeys { get; init => field = value ?? []; } = [];

    [Proto(4)]
    public LabelSelector? NamespaceSelector { get; init; }

    [Proto(2), Atomic]
    public IReadOnlyList<string> Namespaces { get; init => field = value ?? []; } = [];

    [Proto(3), Required]
    public string TopologyKey { get; init => field = value ?? ""; } = "";
}
