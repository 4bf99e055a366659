using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.ControllerManager.EndpointSlices;

/// <summary>When two endpoints, or two lists of ports, are the same one.</summary>
internal static class EndpointIdentity
{
    /// <summary>What makes an endpoint the same one although its conditions changed: addresses, host name, node and pod.</summary>
    public static string Of(Endpoint endpoint) =>
        $"{string.Join(',', endpoint.Addresses)}|{endpoint.Hostname}|{endpoint.NodeName}|{endpoint.TargetRef?.Namespace}/{endpoint.TargetRef?.Name}";

    /// <summary>A text that is equal for equal lists of ports, in whatever order; no ports and an empty list are equal too.</summary>
    public static string OfPorts(IEnumerable<EndpointPort> ports) =>
        string.Join(',', ports.Select(p => $"{p.Name}/{p.Protocol ?? "TCP"}/{p.Port}/{p.AppProtocol}").Order(StringComparer.Ordinal));

    /// <summary>Whether nothing is to be written for the endpoint. A new version alone of the pod is no change.</summary>
    public static bool IsUnchanged(Endpoint existing, Endpoint desired) =>
        Of(existing) == Of(desired)
        && existing.Conditions?.Ready == desired.Conditions?.Ready
        && existing.Conditions?.Serving == desired.Conditions?.Serving
        && existing.Conditions?.Terminating == desired.Conditions?.Terminating
        && existing.Zone == desired.Zone
        && existing.TargetRef?.Uid == desired.TargetRef?.Uid
        && existing.TargetRef?.Kind == desired.TargetRef?.Kind
        && Zones(existing).SequenceEqual(Zones(desired));

    private static IEnumerable<string> Zones(Endpoint endpoint) => endpoint.Hints?.ForZones.Select(z => z.Name) ?? [];
}
