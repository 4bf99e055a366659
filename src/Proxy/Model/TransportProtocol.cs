namespace MiniK8s.Proxy.Model;

/// <summary>What a Service port speaks.</summary>
internal enum TransportProtocol
{
    Tcp,
    Udp,
    Sctp,
}

internal static class TransportProtocols
{
    /// <summary>As iptables, nftables and kube-proxy's chain names write it.</summary>
    public static string LowerName(this TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Tcp => "tcp",
        TransportProtocol.Udp => "udp",
        _ => "sctp",
    };

    /// <summary>The number in the IP header.</summary>
    public static byte Number(this TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Tcp => 6,
        TransportProtocol.Udp => 17,
        _ => 132,
    };

    /// <summary>Reads the API's name; null or empty is TCP. False for a protocol that no Service can have.</summary>
    public static bool TryParse(string? name, out TransportProtocol protocol)
    {
        protocol = name switch
        {
            "UDP" => TransportProtocol.Udp,
            "SCTP" => TransportProtocol.Sctp,
            _ => TransportProtocol.Tcp,
        };
        return name is null or "" or "TCP" or "UDP" or "SCTP";
    }
}
