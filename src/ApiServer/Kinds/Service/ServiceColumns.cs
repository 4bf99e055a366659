using MiniK8s.Api.Core.V1;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>The Table of Services.</summary>
internal static class ServiceColumns
{
    public static IReadOnlyList<Column<Service>> All { get; } =
    [
        CommonColumns.Name<Service>(),
        CommonColumns.Of<Service>("Type", service => service.Spec?.Type ?? ""),
        CommonColumns.Of<Service>("Cluster-IP", service => CommonColumns.OrNone(service.Spec is { ClusterIPs: [var first, ..] } ? first : "")),
        CommonColumns.Of<Service>("External-IP", service => ExternalIP(service)),
        CommonColumns.Of<Service>("Port(s)", service => CommonColumns.OrNone(string.Join(',', (service.Spec?.Ports ?? []).Select(Port)))),
        CommonColumns.CreationAge<Service>(),
        CommonColumns.Of<Service>("Selector", service => CommonColumns.Labels(service.Spec?.Selector ?? new Dictionary<string, string>()), 1),
    ];

    private static string Port(ServicePort port) => port.NodePort is > 0 ? $"{port.Port}:{port.NodePort}/{port.Protocol}" : $"{port.Port}/{port.Protocol}";

    private static string ExternalIP(Service service)
    {
        var spec = service.Spec ?? new();
        if (spec.Type == "ExternalName") return spec.ExternalName ?? "";
        if (spec.Type != "LoadBalancer") return CommonColumns.OrNone(string.Join(',', spec.ExternalIPs));
        var balancer = (service.Status?.LoadBalancer?.Ingress ?? [])
            .Select(entry => string.IsNullOrEmpty(entry.Ip) ? entry.Hostname : entry.Ip)
            .Where(text => !string.IsNullOrEmpty(text))
            .Distinct();
        var all = string.Join(',', balancer.Concat(spec.ExternalIPs));
        return all.Length == 0 ? "<pending>" : all;
    }
}
