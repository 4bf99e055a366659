using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Validation;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Node ports that a client names: within the cluster's range, and each for one port number of the Service.</summary>
internal static class ServiceNodePortValidation
{
    /// <summary>What Kubernetes says of an address or port that another Service owns.</summary>
    public const string AlreadyAllocated = "provided port is already allocated";

    public static IEnumerable<FieldError> Validate(ServiceSpec spec, ServiceNetwork network)
    {
        if (spec.Type is not ("NodePort" or "LoadBalancer")) yield break;
        for (var index = 0; index < spec.Ports.Count; index++)
        {
            var port = spec.Ports[index];
            if (port.NodePort is not { } number || number == 0) continue;
            var field = $"spec.ports[{index}].nodePort";
            if (!network.NodePorts.Contains(number)) yield return FieldError.Invalid(field, number, NotInRange(network));
            else if (spec.Ports.Take(index).Any(other => other.NodePort == number && !MayShare(port, other))) yield return FieldError.Invalid(field, number, AlreadyAllocated);
        }
        if (!ServiceNeeds.HealthCheckNodePort(spec) || spec.HealthCheckNodePort is null or 0) yield break;
        if (!network.NodePorts.Contains(spec.HealthCheckNodePort.Value))
            yield return FieldError.Invalid("spec.healthCheckNodePort", spec.HealthCheckNodePort, NotInRange(network));
        else if (spec.Ports.Any(port => port.NodePort == spec.HealthCheckNodePort))
            yield return FieldError.Invalid("spec.healthCheckNodePort", spec.HealthCheckNodePort, AlreadyAllocated);
    }

    private static bool MayShare(ServicePort one, ServicePort other) => one.Port == other.Port && one.Protocol != other.Protocol;

    private static string NotInRange(ServiceNetwork network) =>
        $"provided port is not in the valid range. The range of valid ports is {network.NodePorts}";
}
