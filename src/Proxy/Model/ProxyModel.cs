using System.Collections.Immutable;

namespace MiniK8s.Proxy.Model;

/// <summary>All Service ports of one address family at one moment, sorted by name. Immutable: readers share it freely.</summary>
internal sealed record ProxyModel(IpFamily Family, NodeState Node, ImmutableSortedDictionary<ServicePortName, ServiceState> Services)
{
    public static ProxyModel Empty(IpFamily family) => new(family, new NodeState(), ImmutableSortedDictionary<ServicePortName, ServiceState>.Empty);
}

/// <summary>The way from one model to the next.</summary>
/// <param name="Previous">The model before.</param>
/// <param name="Current">The model now.</param>
/// <param name="Touched">Every Service port in which the two differ, each once; of joined steps also those that differed in between only.</param>
internal sealed record ProxyChange(ProxyModel Previous, ProxyModel Current, IReadOnlyCollection<ServicePortName> Touched)
{
    /// <summary>When what made the changes happened, as far as the slices say (the endpoints' trigger time).</summary>
    public IReadOnlyList<DateTimeOffset> Triggers { get; init; } = [];

    /// <summary>When the API published each event that the changes came from, as far as the feed tells.</summary>
    public IReadOnlyList<DateTimeOffset> Published { get; init; } = [];

    /// <summary>This step and the one after it as one.</summary>
    public ProxyChange Then(ProxyChange next) => new(Previous, next.Current, [.. Touched.Union(next.Touched)])
    {
        Triggers = [.. Triggers, .. next.Triggers],
        Published = [.. Published, .. next.Published],
    };

    public bool NodeChanged => Previous.Node != Current.Node;

    public bool IsEmpty => Touched.Count == 0 && !NodeChanged;
}
