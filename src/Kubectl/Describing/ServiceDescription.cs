using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.Kubectl.Describing;

/// <summary>A Service with the endpoints behind each of its ports.</summary>
internal static class ServiceDescription
{
    private const int MostShown = 3;

    /// <summary>Writes the description.</summary>
    public static void Write(DescriptionText text, Service service, IReadOnlyList<EndpointSlice> slices)
    {
        var spec = service.Spec ?? new ServiceSpec();
        text.Add("Name", service.Metadata.Name);
        text.Add("Namespace", service.Metadata.Namespace);
        text.AddMap("Labels", service.Metadata.Labels);
        text.AddMap("Annotations", service.Metadata.Annotations, ": ");
        text.Add("Selector", string.Join(',', spec.Selector.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));
        text.Add("Type", spec.Type);
        text.AddIf("IP Family Policy", spec.IpFamilyPolicy);
        text.AddIf("IP Families", string.Join(',', spec.IpFamilies));
        text.Add("IP", spec.ClusterIP);
        text.Add("IPs", string.Join(',', spec.ClusterIPs));
        text.AddIf("External IPs", string.Join(',', spec.ExternalIPs));
        text.AddIf("External Name", spec.ExternalName);
        text.AddIf("LoadBalancer Ingress", string.Join(", ", (service.Status?.LoadBalancer?.Ingress ?? []).Select(ingress => ingress.Ip ?? ingress.Hostname)));
        foreach (var port in spec.Ports)
        {
            var name = port.Name is { Length: > 0 } given ? given : "<unset>";
            text.Add("Port", $"{name}  {port.Port}/{port.Protocol}");
            text.Add("TargetPort", $"{port.TargetPort}/{port.Protocol}");
            if (port.NodePort is > 0) text.Add("NodePort", $"{name}  {port.NodePort}/{port.Protocol}");
            text.Add("Endpoints", Endpoints(port, slices));
        }

        text.Add("Session Affinity", spec.SessionAffinity);
        text.AddIf("External Traffic Policy", spec.ExternalTrafficPolicy);
        text.AddIf("Internal Traffic Policy", spec.InternalTrafficPolicy);
        if (spec.HealthCheckNodePort is > 0) text.Add("HealthCheck NodePort", $"{spec.HealthCheckNodePort}");
        text.AddIf("LoadBalancer Source Ranges", string.Join(',', spec.LoadBalancerSourceRanges));
    }

    private static string Endpoints(ServicePort port, IReadOnlyList<EndpointSlice> slices)
    {
        var found = new List<string>();
        foreach (var slice in slices)
        {
            var target = slice.Ports.FirstOrDefault(known => (known.Name ?? "") == (port.Name ?? "") && known.Protocol == port.Protocol);
            if (target is null) continue;
            found.AddRange(slice.Endpoints.Where(endpoint => endpoint.Conditions?.Ready != false).SelectMany(endpoint => endpoint.Addresses).Select(address => $"{address}:{target.Port}"));
        }

        return found.Count <= MostShown ? string.Join(',', found) : $"{string.Join(',', found.Take(MostShown))} + {found.Count - MostShown} more...";
    }
}
