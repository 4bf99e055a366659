using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

public sealed record TopologySpreadConstraint
{
    [Proto(4)]
    public LabelSelector? LabelSelector { get; init; }

    [Proto(8), Atomic]
    public IReadOnlyList<string> MatchLabelKeys { get; init => field = value ?? []; } = [];

    [Proto(1), Required]
    public int MaxSkew { get; init; }

    [Proto(5), ZeroCounts]
    public int? MinDomains { get; init; }

    [Proto(6), ZeroCounts, OneOf("Honor", "Ignore")]
    public string? NodeAffinityPolicy { get; init; }

    [Proto(7), ZeroCounts, OneOf("Honor", "Ignore")]
    public string? NodeTaintsPolicy { get; init; }

    [Proto(2), Required]
    public string TopologyKey { get; init => field = value ?? ""; } = "";

    [Proto(3), Required, OneOf("DoNotSchedule", "ScheduleAnyway")]
    public string WhenUnsatisfiable { get; init => field = value ?? ""; } = "";
}
