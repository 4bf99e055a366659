using MiniK8s.Api;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Tracking;

/// <summary>All that is known of one Service: its ports, and its slices in the order of their names. Callers hold the tracker's lock.</summary>
/// <param name="key">The Service's name.</param>
internal sealed class ServiceRecord(ObjectKey key)
{
    // Nearly always one.
    private NamedSlice[] slices = [];

    public ObjectKey Key => key;

    public ValueArray<ServicePort> Ports { get; set; }

    /// <summary>What the last model holds of this Service.</summary>
    public ServiceState[] Programmed { get; set; } = [];

    /// <summary>Whether it waits to be taken into the next model.</summary>
    public bool IsDirty { get; set; }

    public bool IsEmpty => Ports.Count == 0 && slices.Length == 0;

    /// <summary>Sets a slice, or removes it where <paramref name="content"/> is null. Whether that made a difference.</summary>
    public bool SetSlice(string name, SliceContent? content)
    {
        var at = Array.FindIndex(slices, slice => slice.Name == name);
        if (content is null)
        {
            if (at >= 0) slices = [.. slices[..at], .. slices[(at + 1)..]];
            return at >= 0;
        }
        if (at < 0)
        {
            slices = [.. slices, new NamedSlice(name, content)];
            Array.Sort(slices, static (one, other) => string.CompareOrdinal(one.Name, other.Name));
            return true;
        }
        if (slices[at].Content == content) return false;
        slices[at] = slices[at] with { Content = content };
        return true;
    }

    /// <summary>The state of one port.</summary>
    public ServiceState StateOf(ServicePort port)
    {
        SlicePort? only = null;
        List<ServiceEndpoint>? several = null;
        foreach (var (_, content) in slices)
        {
            foreach (var slicePort in content.Ports)
            {
                if (slicePort.Name != port.Name.Port || slicePort.Protocol != port.Name.Protocol) continue;
                if (only is null)
                {
                    only = slicePort;
                    continue;
                }
                several ??= [.. only.Endpoints];
                several.AddRange(slicePort.Endpoints.AsSpan());
            }
        }
        return new ServiceState(port, several is null ? only?.Endpoints ?? [] : EndpointList.Of(several));
    }

    private readonly record struct NamedSlice(string Name, SliceContent Content);
}
