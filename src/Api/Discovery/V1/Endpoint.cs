using System.Collections.ObjectModel;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Discovery.V1;

/// <summary>One thing that takes traffic: its addresses, its condition, and where it runs.</summary>
public sealed record Endpoint
{
    /// <summary>Addresses of the slice's type; consumers use the first, for all of them mean the same endpoint.</summary>
    [Proto(1), Required, ListSet]
    public IReadOnlyList<string> Addresses { get; init => field = value ?? []; } = [];

    /// <summary>Whether it can take traffic.</summary>
    [Proto(2)]
    public EndpointConditions? Conditions { get; init; }

    /// <summary>Topology labels of the v1beta1 form; kept on conversion only, not to be written.</summary>
    [Proto(5)]
    public IReadOnlyDictionary<string, string> DeprecatedTopology { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Who should use this endpoint, for routing by zone.</summary>
    [Proto(8)]
    public EndpointHints? Hints { get; init; }

    /// <summary>Host name under which the cluster DNS publishes it; a DNS label.</summary>
    [Proto(3), ZeroCounts]
    public string? Hostname { get; init; }

    /// <summary>Node on which it runs; lets a proxy find local endpoints.</summary>
    [Proto(6), ZeroCounts]
    public string? NodeName { get; init; }

    /// <summary>Object behind it, normally a pod.</summary>
    [Proto(4)]
    public ObjectReference? TargetRef { get; init; }

    /// <summary>Zone in which it runs.</summary>
    [Proto(7), ZeroCounts]
    public string? Zone { get; init; }
}
