using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Names;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>One container.</summary>
internal static class ContainerValidation
{
    private static readonly string[] MessagePolicies = ["FallbackToLogsOnError", "File"];
    private static readonly string[] PullPolicies = ["Always", "IfNotPresent", "Never"];
    private static readonly string[] StandardResources = ["cpu", "memory", "ephemeral-storage"];

    public static IEnumerable<FieldError> Validate(string field, Container container, HashSet<string> volumes) =>
        Image(field, container)
            .Concat(Ports($"{field}.ports", container.Ports))
            .Concat(EnvValidation.Validate(field, container.Env, container.EnvFrom))
            .Concat(VolumeMountValidation.Validate(field, container, volumes))
            .Concat(ProbeValidation.Validate(field, container))
            .Concat(Resources($"{field}.resources", container.Resources ?? new()))
            .Concat(PodSecurityValidation.Validate($"{field}.securityContext", container.SecurityContext));

    private static IEnumerable<FieldError> Image(string field, Container container)
    {
        var image = container.Image ?? "";
        if (image.Length == 0) yield return FieldError.Required($"{field}.image");
        else if (image.Trim() != image) yield return FieldError.Invalid($"{field}.image", image, "must not have leading or trailing whitespace");
        var errors = FieldRules.OneOf($"{field}.imagePullPolicy", container.ImagePullPolicy, PullPolicies)
            .Concat(FieldRules.OneOf($"{field}.terminationMessagePolicy", container.TerminationMessagePolicy, MessagePolicies));
        foreach (var error in errors) yield return error;
    }

    private static IEnumerable<FieldError> Ports(string field, IReadOnlyList<ContainerPort> ports)
    {
        var names = new HashSet<string>();
        for (var index = 0; index < ports.Count; index++)
        {
            var (path, port) = ($"{field}[{index}]", ports[index]);
            if (!string.IsNullOrEmpty(port.Name))
            {
                foreach (var error in FieldRules.Invalid($"{path}.name", port.Name, NameRules.PortName(port.Name))) yield return error;
                if (!names.Add(port.Name)) yield return FieldError.Duplicate($"{path}.name", port.Name);
            }
            if (port.ContainerPortValue == 0) yield return FieldError.Required($"{path}.containerPort");
            else foreach (var error in FieldRules.Port($"{path}.containerPort", port.ContainerPortValue)) yield return error;
            var host = port.HostPort is { } number && number != 0 ? FieldRules.Port($"{path}.hostPort", number) : [];
            foreach (var error in host.Concat(FieldRules.Protocol($"{path}.protocol", port.Protocol))) yield return error;
            if (!string.IsNullOrEmpty(port.HostIP)) foreach (var error in FieldRules.Ip($"{path}.hostIP", port.HostIP)) yield return error;
        }
    }

    private static IEnumerable<FieldError> Resources(string field, ResourceRequirements resources)
    {
        foreach (var (name, limit) in resources.Limits)
        {
            foreach (var error in ResourceName($"{field}.limits[{name}]", name).Concat(Amounts.NotNegative($"{field}.limits[{name}]", limit))) yield return error;
        }
        foreach (var (name, request) in resources.Requests)
        {
            foreach (var error in ResourceName($"{field}.requests[{name}]", name).Concat(Amounts.NotNegative($"{field}.requests[{name}]", request))) yield return error;
            if (resources.Limits.TryGetValue(name, out var limit) && Amounts.Compare(request, limit) > 0)
                yield return FieldError.Invalid($"{field}.requests", request.ToString(), $"must be less than or equal to {name} limit of {limit}");
        }
    }

    private static IEnumerable<FieldError> ResourceName(string field, string name)
    {
        foreach (var error in FieldRules.QualifiedName(field, name)) yield return error;
        var isStandard = name.Contains('/', StringComparison.Ordinal) || StandardResources.Contains(name) || name.StartsWith("hugepages-", StringComparison.Ordinal);
        if (!isStandard) yield return FieldError.Invalid(field, name, "must be a standard resource for containers");
    }
}
