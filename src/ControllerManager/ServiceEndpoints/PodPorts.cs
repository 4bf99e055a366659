using MiniK8s.Api.Core.V1;
using SlicePort = MiniK8s.Api.Discovery.V1.EndpointPort;

namespace MiniK8s.ControllerManager.ServiceEndpoints;

/// <summary>Where in a pod the ports of a Service end (pkg/api/v1/pod FindPort).</summary>
internal static class PodPorts
{
    /// <summary>
    /// The pod's ports for all ports of the Service that the pod has. A named target port is looked up by name and protocol in
    /// the containers and then in the sidecars (init containers that always restart); a port that is not found is left out.
    /// </summary>
    public static IReadOnlyList<SlicePort> Of(Service service, Pod pod)
    {
        var ports = new List<SlicePort>();
        foreach (var port in service.Spec?.Ports ?? [])
        {
            var number = Find(pod, port);
            if (number is null) continue;
            ports.Add(new SlicePort { Name = port.Name ?? "", Port = number, Protocol = port.Protocol ?? "TCP", AppProtocol = port.AppProtocol });
        }

        return ports;
    }

    /// <summary>The number that a service port stands for in this pod; null for a name that the pod does not have.</summary>
    public static int? Find(Pod pod, ServicePort port)
    {
        if (port.TargetPort is not { } target || target is { IsString: false, Number: 0 } or { IsString: true, Text: "" }) return port.Port;
        if (!target.IsString) return target.Number;
        var protocol = port.Protocol ?? "TCP";
        var sidecars = pod.Spec?.InitContainers.Where(c => c.RestartPolicy == "Always") ?? [];
        return (pod.Spec?.Containers ?? []).Concat(sidecars)
            .SelectMany(container => container.Ports)
            .FirstOrDefault(p => p.Name == target.Text && (p.Protocol ?? "TCP") == protocol)?.ContainerPortValue;
    }
}
