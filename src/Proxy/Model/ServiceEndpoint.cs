using System.Net;
using System.Net.Sockets;

namespace MiniK8s.Proxy.Model;

/// <summary>One address and port behind a Service port.</summary>
internal sealed record ServiceEndpoint(IPAddress Address, int Port) : IComparable<ServiceEndpoint>
{
    /// <summary><c>address:port</c>, brackets around IPv6: kube-proxy's text, which chain names are hashed from.</summary>
    public string Text { get; } = Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Address}]:{Port}" : $"{Address}:{Port}";

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

    public int CompareTo(ServiceEndpoint? other) => string.CompareOrdinal(Text, other?.Text);

    public override string ToString() => Text;
}
