using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>How evenly a group of pods must lie over zones, nodes or the like.</summary>
public sealed record TopologySpreadConstraint
{
    /// <summary>Labels of the pods that are counted, in the pod's namespace.</summary>
    [Proto(4)]
    public LabelSelector? LabelSelector { get; init; }

    /// <summary>Labels whose values must be the same as those of the incoming pod to be counted.</summary>
    [Proto(8), Atomic]
    public IReadOnlyList<string> MatchLabelKeys { get; init => field = value ?? []; } = [];

    /// <summary>Most by which the counts of two domains may differ; at least 1.</summary>
    [Proto(1), Required]
    public int MaxSkew { get; init; }

    /// <summary>Least number of domains; with fewer, the smallest count is taken as 0. 1 unless given.</summary>
    [Proto(5), ZeroCounts]
    public int? MinDomains { get; init; }

    /// <summary>Whether nodes that the pod's node affinity rules out are left aside: <c>Honor</c> (the default) or <c>Ignore</c>.</summary>
    [Proto(6), ZeroCounts, OneOf("Honor", "Ignore")]
    public string? NodeAffinityPolicy { get; init; }

    /// <summary>Whether nodes with taints that the pod does not tolerate are left aside: <c>Honor</c> or <c>Ignore</c> (the default).</summary>
    [Proto(7), ZeroCounts, OneOf("Honor", "Ignore")]
    public string? NodeTaintsPolicy { get; init; }

    /// <summary>Node label whose values are the domains, such as topology.kubernetes.io/zone.</summary>
    [Proto(2), Required]
    public string TopologyKey { get; init => field = value ?? ""; } = "";

    /// <summary><c>DoNotSchedule</c>, or <c>ScheduleAnyway</c> to count it as a wish.</summary>
    [Proto(3), Required, OneOf("DoNotSchedule", "ScheduleAnyway")]
    public string WhenUnsatisfiable { get; init => field = value ?? ""; } = "";
}
