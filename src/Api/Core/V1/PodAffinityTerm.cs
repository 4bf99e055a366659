using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>A group of pods, and what being near to them means.</summary>
public sealed record PodAffinityTerm
{
    /// <summary>Labels of the pods; null matches none.</summary>
    [Proto(1)]
    public LabelSelector? LabelSelector { get; init; }

    /// <summary>Labels whose values must be the same as those of the incoming pod.</summary>
    [Proto(5), Atomic]
    public IReadOnlyList<string> MatchLabelKeys { get; init => field = value ?? []; } = [];

    /// <summary>Labels whose values must differ from those of the incoming pod.</summary>
    [Proto(6), Atomic]
    public IReadOnlyList<string> MismatchLabelKeys { get; init => field = value ?? []; } = [];

    /// <summary>Labels of the namespaces to look in, besides Namespaces; an empty one means all.</summary>
    [Proto(4)]
    public LabelSelector? NamespaceSelector { get; init; }

    /// <summary>Namespaces to look in; the pod's own if there is no selector either.</summary>
    [Proto(2), Atomic]
    public IReadOnlyList<string> Namespaces { get; init => field = value ?? []; } = [];

    /// <summary>Node label whose equal values mean <c>near</c>, such as kubernetes.io/hostname.</summary>
    [Proto(3), Required]
    public string TopologyKey { get; init => field = value ?? ""; } = "";
}
