using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>The ports of a Service, each alone and among its fellows.</summary>
internal static class ServicePortValidation
{
    public static IEnumerable<FieldError> Validate(ServiceSpec spec)
    {
        if (spec.Ports.Count == 0 && spec.Type != "ExternalName" && !ServiceNeeds.IsHeadless(spec)) yield return FieldError.Required("spec.ports");
        for (var index = 0; index < spec.Ports.Count; index++)
        {
            foreach (var error in Port(spec, index)) yield return error;
        }
        for (var index = 0; index < spec.Ports.Count; index++)
        {
            var port = spec.Ports[index];
            if (spec.Ports.Take(index).Any(other => other.Port == port.Port && other.Protocol == port.Protocol))
                yield return FieldError.Duplicate($"spec.ports[{index}]", $"{port.Port}/{port.Protocol}");
        }
    }

    private static IEnumerable<FieldError> Port(ServiceSpec spec, int index)
    {
        var port = spec.Ports[index];
        var field = $"spec.ports[{index}]";
        var errors = Name(spec.Ports, index)
            .Concat(FieldRules.Port($"{field}.port", port.Port))
            .Concat(FieldRules.Protocol($"{field}.protocol", port.Protocol))
            .Concat(FieldRules.PortNumberOrName($"{field}.targetPort", port.TargetPort));
        if (port.AppProtocol is { } protocol) errors = errors.Concat(FieldRules.QualifiedName($"{field}.appProtocol", protocol));
        if (port.NodePort is > 0 or < 0 && spec.Type is not ("NodePort" or "LoadBalancer"))
            errors = errors.Append(FieldError.Forbidden($"{field}.nodePort", $"may not be used when `type` is '{spec.Type}'"));
        return errors;
    }

    private static IEnumerable<FieldError> Name(IReadOnlyList<ServicePort> ports, int index)
    {
        var field = $"spec.ports[{index}].name";
        var name = ports[index].Name;
        if (string.IsNullOrEmpty(name)) return ports.Count > 1 ? [FieldError.Required(field)] : [];
        var errors = FieldRules.Label(field, name);
        return ports.Take(index).Any(other => other.Name == name) ? errors.Append(FieldError.Duplicate(field, name)) : errors;
    }
}
