using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>The first packet of a connection on its way, with what has become of it so far.</summary>
internal sealed record NftPacket(IPAddress Source, IPAddress Destination, TransportProtocol Protocol, int Port)
{
    public uint Mark { get; init; }

    /// <summary>Whether its destination was rewritten.</summary>
    public bool IsTranslated { get; init; }

    /// <summary>Whether its source is rewritten as it leaves.</summary>
    public bool IsMasqueraded { get; init; }

    /// <summary>address:port, brackets around IPv6.</summary>
    public string Target => new IPEndPoint(Destination, Port).ToString();
}

/// <summary>What becomes of a packet in one of the ways that chance and turns leave open.</summary>
/// <param name="Share">How probable that way is.</param>
/// <param name="Verdict"><c>CONTINUE</c> where nothing was decided, <c>ACCEPT</c>, <c>DROP</c>, <c>REJECT</c> or <c>RETURN</c>.</param>
internal sealed record NftEnd(double Share, string Verdict, NftPacket Packet)
{
    /// <summary>The clients that were noted on the way, each with the set.</summary>
    public ValueArray<(string Set, ValueArray<byte> Client)> Noted { get; init; }
}
