using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record LabelSelector
{
    [Proto(2), Atomic]
    public IReadOnlyList<LabelSelectorRequirement> MatchExpressions { get; init => field = value ?? []; } = [];

    [Proto(1)]
    public IReadOnlyDictionary<string, string> MatchLabels { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();
}
