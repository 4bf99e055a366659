using System.Globalization;
using System.Net;
using MiniK8s.Api;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Tracking;

/// <summary>Makes of an EndpointSlice what one address family on one node needs of it. Pure.</summary>
internal sealed class SliceReader(IpFamily family, string nodeName)
{
    /// <summary>When the change of a pod began that the slice tells of.</summary>
    public const string TriggerAnnotation = "endpoints.kubernetes.io/last-change-trigger-time";

    /// <summary>Names the Service of a slice.</summary>
    public const string ServiceLabel = "kubernetes.io/service-name";

    private readonly StringPool names = new();

    /// <summary>The label that leaves a slice to others, as it would a Service; null without one. Kubernetes gives a slice those of its Service.</summary>
    public static string? OtherProxyLabelOf(EndpointSlice slice) =>
        slice.Metadata.Labels.ContainsKey(ServiceReader.OtherProxyLabel) ? ServiceReader.OtherProxyLabel
        : slice.Metadata.Labels.ContainsKey(ServiceReader.HeadlessLabel) ? ServiceReader.HeadlessLabel : null;

    /// <summary>The Service that the slice belongs to; null for a slice of none, of the other family, or left to others.</summary>
    public ObjectKey? ServiceOf(EndpointSlice slice) =>
        slice.AddressType == family.Name && OtherProxyLabelOf(slice) is null && slice.Metadata.Labels.TryGetValue(ServiceLabel, out var name) && name.Length > 0
            ? new ObjectKey(names.Of(slice.Metadata.Namespace), name)
            : null;

    /// <summary>When the pod changed that made the slice change; null where the slice does not say.</summary>
    public static DateTimeOffset? TriggerOf(EndpointSlice? slice) =>
        slice?.Metadata.Annotations.TryGetValue(TriggerAnnotation, out var text) == true
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    /// <summary>The endpoints by port. Ports without a number and what is no address of the family are left out.</summary>
    /// <param name="slice">A slice of the family.</param>
    /// <param name="leftOut">Where to note what is left out; null where nobody asks.</param>
    public SliceContent Read(EndpointSlice slice, ICollection<LeftOut>? leftOut = null)
    {
        var ports = new List<SlicePort>(slice.Ports.Count);
        foreach (var port in slice.Ports)
        {
            if (port.Port is not (> 0 and <= 65535) || !TransportProtocols.TryParse(port.Protocol, out var protocol))
            {
                leftOut?.Add(new LeftOut(slice.Metadata.Name ?? "", $"port {port.Name}", port.Port is null ? "it has no number" : $"{port.Port}/{port.Protocol} is no port of TCP, UDP or SCTP"));
                continue;
            }
            ports.Add(new SlicePort(names.Of(port.Name), protocol, Read(slice, port.Port.Value)));
        }
        if (leftOut is not null) NoteEndpoints(slice, leftOut);
        return new SliceContent([.. ports]);
    }

    /// <summary>The address that packets go to: the first; the API knows no meaning of others.</summary>
    public IPAddress? AddressOf(Endpoint endpoint) =>
        endpoint.Addresses.Count > 0 && family.TryParse(endpoint.Addresses[0], out IPAddress address) ? address : null;

    private void NoteEndpoints(EndpointSlice slice, ICollection<LeftOut> leftOut)
    {
        foreach (var endpoint in slice.Endpoints.Where(endpoint => AddressOf(endpoint) is null))
        {
            leftOut.Add(endpoint.Addresses.Count == 0
                ? new LeftOut(slice.Metadata.Name ?? "", endpoint.TargetRef?.Name ?? "an endpoint", "it has no address")
                : new LeftOut(slice.Metadata.Name ?? "", endpoint.Addresses[0], $"this is no {family.Name} address"));
        }
    }

    private ValueArray<ServiceEndpoint> Read(EndpointSlice slice, int port)
    {
        var endpoints = new List<ServiceEndpoint>(slice.Endpoints.Count);
        foreach (var endpoint in slice.Endpoints)
        {
            if (AddressOf(endpoint) is not { } address) continue;
            var ready = endpoint.Conditions?.Ready ?? true;
            endpoints.Add(new ServiceEndpoint(address, port)
            {
                IsLocal = endpoint.NodeName == nodeName,
                IsReady = ready,
                IsServing = endpoint.Conditions?.Serving ?? true,
                IsTerminating = endpoint.Conditions?.Terminating ?? false,
                ZoneHints = endpoint.Hints is { ForZones.Count: > 0 } hints ? [.. hints.ForZones.Select(zone => names.Of(zone.Name)).Order(StringComparer.Ordinal)] : [],
            });
        }
        return EndpointList.Of(endpoints);
    }
}

/// <summary>One slice in short form; equal slices are equal by value.</summary>
internal sealed record SliceContent(ValueArray<SlicePort> Ports);

/// <summary>One port of a slice with its endpoints, sorted, each once.</summary>
internal sealed record SlicePort(string Name, TransportProtocol Protocol, ValueArray<ServiceEndpoint> Endpoints);

/// <summary>A part of a slice that no rule can be made of.</summary>
/// <param name="Slice">The slice's name.</param>
/// <param name="What">The part.</param>
/// <param name="Why">What is wrong with it.</param>
internal sealed record LeftOut(string Slice, string What, string Why);
