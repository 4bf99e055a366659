namespace MiniK8s.Proxy.Model;

/// <summary>Names one port of one Service, the unit that everything here is keyed by.</summary>
/// <param name="Namespace">The Service's namespace.</param>
/// <param name="Service">The Service's name.</param>
/// <param name="Port">The port's name; empty for the only port of a Service that has no name.</param>
/// <param name="Protocol">The port's protocol.</param>
internal readonly record struct ServicePortName(string Namespace, string Service, string Port, TransportProtocol Protocol)
    : IComparable<ServicePortName>
{
    public int CompareTo(ServicePortName other)
    {
        var order = string.CompareOrdinal(Namespace, other.Namespace);
        if (order == 0) order = string.CompareOrdinal(Service, other.Service);
        if (order == 0) order = string.CompareOrdinal(Port, other.Port);
        return order == 0 ? Protocol.CompareTo(other.Protocol) : order;
    }

    /// <summary><c>namespace/name:port</c>, or <c>namespace/name</c>: kube-proxy's text, from which its chain names are hashed.</summary>
    public override string ToString() => Port.Length == 0 ? $"{Namespace}/{Service}" : $"{Namespace}/{Service}:{Port}";
}
