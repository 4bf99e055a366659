using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>All that one Service port wants of the kernel.</summary>
internal sealed record PortPlan
{
    public static PortPlan Nothing { get; } = new();

    public ValueArray<VirtualServer> Servers { get; init; } = [];

    /// <summary>The addresses that the node must take for its own.</summary>
    public ValueArray<IPAddress> Addresses { get; init; } = [];

    public ValueArray<SetEntry> Entries { get; init; } = [];

    public ValueArray<Redirection> Redirections { get; init; } = [];
}

/// <summary>A way in that some clients are led away from, to another virtual server of the same Service port.</summary>
/// <param name="ForAffinity">For everybody, so that all ways in share one memory of clients; else for pods and the node only.</param>
/// <param name="From">What was sent to.</param>
/// <param name="To">Where it goes.</param>
internal readonly record struct Redirection(bool ForAffinity, ServerAddress From, ServerAddress To) : IComparable<Redirection>
{
    public int CompareTo(Redirection other)
    {
        var order = From.CompareTo(other.From);
        return order == 0 ? To.CompareTo(other.To) : order;
    }
}
