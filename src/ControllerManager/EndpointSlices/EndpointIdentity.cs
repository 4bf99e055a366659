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

    /// <summary>Whether nothing is to be written for the endpoint but hints, perhaps. A new version alone of the pod is no change.</summary>
    public static bool IsUnchangedButForHints(Endpoint existing, Endpoint desired) =>
        Of(existing) == Of(desired)
        && existing.Conditions?.Ready == desired.Conditions?.Ready
        && existing.Conditions?.Serving == desired.Conditions?.Serving
        && existing.Conditions?.Terminating == desired.Conditions?.Terminating
        && existing.Zone == desired.Zone
        && existing.TargetRef?.Uid == desired.TargetRef?.Uid
        && existing.TargetRef?.Kind == desired.TargetRef?.Kind;

    /// <summary>Whether both are meant for the same zones; no hints and empty ones are equal.</summary>
    public static bool SameHints(Endpoint one, Endpoint other) => Zones(one).SequenceEqual(Zones(other));

    private static IEnumerable<string> Zones(Endpoint endpoint) => endpoint.Hints?.ForZones.Select(z => z.Name) ?? [];
}
