using System.Net;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>Where a packet begins.</summary>
internal enum Origin
{
    /// <summary>A process of the node itself.</summary>
    Node,

    /// <summary>A pod, or a machine outside: it comes in by a device.</summary>
    Device,
}

/// <summary>The first packet of a connection.</summary>
internal sealed record Packet(IPAddress Source, IPAddress Destination, string Protocol, int Port, Origin Origin)
{
    public uint Mark { get; init; }

    /// <summary>address:port after DNAT, as the rule wrote it; null before.</summary>
    public string? Translated { get; init; }

    public bool Masqueraded { get; init; }

    /// <summary>Conntrack's view beside NEW.</summary>
    public bool IsDnated => Translated is not null;
}

/// <summary>What can become of a packet: where it can go, or how it ends.</summary>
internal sealed record Fate(string Verdict, IReadOnlyList<string> Endpoints, bool? Masqueraded)
{
    /// <summary>Such as <c>10.244.1.1:8080, 10.244.2.1:8080 masq</c>, <c>REJECT</c> or <c>none</c> (left as it was).</summary>
    public override string ToString() => Verdict != "ACCEPT"
        ? Verdict
        : Endpoints.Count == 0 ? "none" : string.Join(", ", Endpoints) + (Masqueraded == true ? " masq" : "");
}
