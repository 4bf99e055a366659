using System.Net;

namespace MiniK8s.Proxy.Model;

/// <summary>
/// One address and port behind a Service port. There may be hundreds of thousands, so the address is kept as a number, without an
/// object of its own, and the text is made when somebody asks for it.
/// </summary>
internal sealed record ServiceEndpoint : IComparable<ServiceEndpoint>
{
    // The key's parts, not the key: as a field of its own it would be padded.
    private readonly ulong upper;
    private readonly ulong lower;
    private readonly ushort port;
    private readonly bool isV6;

    public ServiceEndpoint(IPAddress address, int port) : this(EndpointKey.Of(address, port))
    {
    }

    public ServiceEndpoint(EndpointKey key) => (upper, lower, port, isV6) = (key.Upper, key.Lower, key.Port, key.IsV6);

    /// <summary>Address and port: what makes it the same endpoint or another.</summary>
    public EndpointKey Key => new(upper, lower, port, isV6);

    public IPAddress Address => Key.ToAddress();

    public int Port => port;

    /// <summary><c>address:port</c>, brackets around IPv6: kube-proxy's text, which chain names are hashed from.</summary>
    public string Text => Key.ToString();

    /// <summary>Whether it runs on this node.</summary>
    public bool IsLocal { get; init; }

    public bool IsReady { get; init; } = true;

    /// <summary>Whether it still answers, though perhaps terminating.</summary>
    public bool IsServing { get; init; } = true;

    public bool IsTerminating { get; init; }

    /// <summary>The zones whose clients it should serve; empty without a hint.</summary>
    public ValueArray<string> ZoneHints { get; init; }

    /// <summary>Whether it may serve when no ready endpoint is left.</summary>
    public bool IsFallback => IsServing && IsTerminating;

    /// <summary>In the order of their texts.</summary>
    public int CompareTo(ServiceEndpoint? other) => other is null ? 1 : Key.CompareTo(other.Key);

    public override string ToString() => Text;
}
