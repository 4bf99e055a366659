using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Tracking;

/// <summary>All that is known of one Service: its ports and its slices by name. Callers hold the tracker's lock.</summary>
internal sealed class ServiceRecord
{
    private readonly SortedDictionary<string, SliceContent> slices = new(StringComparer.Ordinal);

    public ValueArray<ServicePort> Ports { get; set; }

    /// <summary>The ports that the last model holds of this Service.</summary>
    public ValueArray<ServicePortName> Programmed { get; set; }

    public bool IsEmpty => Ports.Count == 0 && slices.Count == 0;

    /// <summary>Sets a slice, or removes it where <paramref name="content"/> is null. Whether that made a difference.</summary>
    public bool SetSlice(string name, SliceContent? content)
    {
        if (content is null) return slices.Remove(name);
        if (slices.TryGetValue(name, out var known) && known == content) return false;
        slices[name] = content;
        return true;
    }

    /// <summary>The state of one port.</summary>
    public ServiceState StateOf(ServicePort port)
    {
        var endpoints = new Dictionary<string, ServiceEndpoint>(StringComparer.Ordinal);
        foreach (var slice in slices.Values)
        {
            foreach (var slicePort in slice.Ports)
            {
                if (slicePort.Name == port.Name.Port && slicePort.Protocol == port.Name.Protocol) Merge(endpoints, slicePort.Endpoints);
            }
        }
        return new ServiceState(port, [.. endpoints.Values.Order()]);
    }

    /// <summary>
    /// While an endpoint moves from slice to slice it is in both, and a terminating pod's address may already be another's:
    /// what is not terminating wins.
    /// </summary>
    private static void Merge(Dictionary<string, ServiceEndpoint> known, ValueArray<ServiceEndpoint> added)
    {
        foreach (var endpoint in added)
        {
            if (!known.TryGetValue(endpoint.Text, out var other) || other.IsTerminating) known[endpoint.Text] = endpoint;
        }
    }
}
