using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.Kubectl.Describing;

/// <summary>A Service with the endpoints behind each of its ports.</summary>
internal static class ServiceDescription
{
    private const int MostShown = 3;

    /// <summary>Writes the description.</summary>
    public static void Write(TabText text, Service service, IReadOnlyList<EndpointSlice> slices)
    {
        var spec = service.Spec ?? new ServiceSpec();
        text.Line(0, $"Name:\t{service.Metadata.Name}").Line(0, $"Namespace:\t{service.Metadata.Namespace}");
        text.Map("Labels", service.Metadata.Labels).Annotations(service.Metadata.Annotations);
        text.Line(0, $"Selector:\t{Common.OrNone(string.Join(',', spec.Selector.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")))}");
        text.Line(0, $"Type:\t{spec.Type}");
        If(text, "IP Family Policy", spec.IpFamilyPolicy);
        text.Line(0, $"IP Families:\t{Common.OrNone(string.Join(',', spec.IpFamilies))}").Line(0, $"IP:\t{spec.ClusterIP}");
        text.Line(0, $"IPs:\t{Common.OrNone(string.Join(',', spec.ClusterIPs))}");
        If(text, "External IPs", string.Join(',', spec.ExternalIPs));
        If(text, "Desired LoadBalancer IP", spec.LoadBalancerIP);
        If(text, "LoadBalancer Ingress", string.Join(", ", (service.Status?.LoadBalancer?.Ingress ?? []).Select(Ingress)));
        If(text, "External Name", spec.ExternalName);
        foreach (var port in spec.Ports) Port(text, port, slices);
        text.Line(0, $"Session Affinity:\t{spec.SessionAffinity}");
        If(text, "External Traffic Policy", spec.ExternalTrafficPolicy);
        If(text, "Internal Traffic Policy", spec.InternalTrafficPolicy);
        if (spec.HealthCheckNodePort is > 0) text.Line(0, $"HealthCheck NodePort:\t{spec.HealthCheckNodePort}");
        If(text, "LoadBalancer Source Ranges", string.Join(',', spec.LoadBalancerSourceRanges));
    }

    private static void If(TabText text, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) text.Line(0, $"{name}:\t{value}");
    }

    private static string Ingress(LoadBalancerIngress ingress) =>
        (string.IsNullOrEmpty(ingress.Ip) ? ingress.Hostname : ingress.Ip) + (string.IsNullOrEmpty(ingress.IpMode) ? "" : $" ({ingress.IpMode})");

    private static void Port(TabText text, ServicePort port, IReadOnlyList<EndpointSlice> slices)
    {
        var name = port.Name is { Length: > 0 } given ? given : "<unset>";
        text.Line(0, $"Port:\t{name}\t{port.Port}/{port.Protocol}").Line(0, $"TargetPort:\t{port.TargetPort}/{port.Protocol}");
        if (port.NodePort is > 0) text.Line(0, $"NodePort:\t{name}\t{port.NodePort}/{port.Protocol}");
        text.Line(0, $"Endpoints:\t{Endpoints(port, slices)}");
    }

    private static string Endpoints(ServicePort port, IReadOnlyList<EndpointSlice> slices)
    {
        if (slices.Count == 0) return "<none>";
        var found = new List<string>();
        foreach (var slice in slices)
        {
            var targets = slice.Ports.Where(target => (target.Name ?? "") == (port.Name ?? ""));
            found.AddRange(targets.SelectMany(target => slice.Endpoints
                .Where(endpoint => endpoint.Conditions?.Ready != false)
                .SelectMany(endpoint => endpoint.Addresses)
                .Select(address => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]:{target.Port}" : $"{address}:{target.Port}")));
        }

        var shown = string.Join(',', found.Take(MostShown));
        return found.Count <= MostShown ? shown : $"{shown} + {found.Count - MostShown} more...";
    }
}
