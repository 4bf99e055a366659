using System.Text.Json.Serialization;

namespace MiniK8s.Proxy.Explain;

/// <summary>What happens on a node to packets for a Service, and why. Plain data: the text and the JSON are made of it.</summary>
internal sealed record Explanation(string Service, string Node)
{
    /// <summary>What holds for all of it: how the kernel is programmed, where pods are, what is not known.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<FamilyExplanation> Families { get; init; }
}

/// <summary>One address family's part.</summary>
internal sealed record FamilyExplanation(string Family)
{
    /// <summary>Why there are no rules at all; null where there are some.</summary>
    public string? NotProgrammed { get; init; }

    public IReadOnlyList<PortExplanation> Ports { get; init; } = [];

    /// <summary>Parts of slices that cannot be used for any port.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}

/// <summary>One port of the Service.</summary>
internal sealed record PortExplanation(string Name, int Port, string Protocol)
{
    /// <summary>How endpoints are chosen: balancing, affinity, hints, policies.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<WayExplanation> Ways { get; init; }

    public required IReadOnlyList<EndpointExplanation> Endpoints { get; init; }

    public required IReadOnlyList<RuleBlock> Rules { get; init; }
}

/// <summary>One way into a Service port.</summary>
/// <param name="Kind">Such as <c>ClusterIP</c> or <c>NodePort</c>.</param>
/// <param name="Target">What a packet must be sent to.</param>
/// <param name="Fates">What becomes of it, by where it comes from. Those that fare the same are together.</param>
internal sealed record WayExplanation(string Kind, string Target, IReadOnlyList<Fate> Fates);

/// <summary>What becomes of the first packet of a connection.</summary>
/// <param name="From">Where it comes from.</param>
/// <param name="Verdict">How it ends.</param>
internal sealed record Fate(IReadOnlyList<PacketOrigin> From, Verdict Verdict)
{
    /// <summary>Why it ends so; null where that needs no word.</summary>
    public string? Why { get; init; }

    /// <summary>Where it may go, each with the same share.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Whether they take their turns; else chance decides.</summary>
    public bool InTurn { get; init; }

    /// <summary>Whether the choice is confined to this node by policy Local.</summary>
    public bool OnlyThisNode { get; init; }

    public SourceAddress? Source { get; init; }

    /// <summary>Why its source address stays or not.</summary>
    public string? SourceWhy { get; init; }

    /// <summary>What must hold of the sender for all this; else the packet is dropped.</summary>
    public string? OnlyIf { get; init; }
}

/// <summary>Where a packet comes from.</summary>
internal enum PacketOrigin
{
    [JsonStringEnumMemberName("pod")]
    Pod,
    [JsonStringEnumMemberName("node")]
    Node,
    [JsonStringEnumMemberName("outside")]
    Outside,
}

/// <summary>How a packet ends.</summary>
internal enum Verdict
{
    [JsonStringEnumMemberName("forwarded")]
    Forwarded,

    /// <summary>The sender is told.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>The sender is not told.</summary>
    [JsonStringEnumMemberName("dropped")]
    Dropped,

    /// <summary>No rule takes it: it goes wherever it would go without the Service.</summary>
    [JsonStringEnumMemberName("untouched")]
    Untouched,
}

/// <summary>What the endpoint sees as the sender.</summary>
internal enum SourceAddress
{
    [JsonStringEnumMemberName("kept")]
    Kept,

    /// <summary>The node's address takes its place.</summary>
    [JsonStringEnumMemberName("replaced")]
    Replaced,

    /// <summary>That depends on an option of the proxy which is not known here.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}

/// <summary>An endpoint of the slices.</summary>
/// <param name="Address">Address and port.</param>
/// <param name="Pod">What it belongs to; empty where the slice does not say.</param>
/// <param name="Node">Where it runs; empty where the slice does not say.</param>
/// <param name="IsUsed">Whether any packet can go there.</param>
/// <param name="Verdict">What it is used for, or why it is passed over.</param>
internal sealed record EndpointExplanation(string Address, string Pod, string Node, bool IsUsed, string Verdict)
{
    /// <summary>Whether it runs on the node that is explained.</summary>
    public bool IsLocal { get; init; }
}
