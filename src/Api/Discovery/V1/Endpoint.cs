using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Discovery.V1;

public sealed record Endpoint
{
    [Proto(1), Required, ListSet]
    public IReadOnlyList<string> Addresses { get; init => field = value ?? []; } = [];

    [Proto(2)]
    public EndpointConditions? Conditions { get; init; }

    [Proto(5)]
    public IReadOnlyDictionary<string, string> DeprecatedTopology { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    [Proto(8)]
    public EndpointHints? Hints { get; init; }

    [Proto(3), ZeroCounts]
    public string? Hostname { get; init; }

    [Proto(6), ZeroCounts]
    public string? NodeName { get; init; }

    [Proto(4)]
    public ObjectReference? TargetRef { get; init; }

    [Proto(7), ZeroCounts]
    public string? Zone { get; init; }
}
