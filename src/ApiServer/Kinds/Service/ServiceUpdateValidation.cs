using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Which changes a Service allows (ValidateServiceUpdate of Kubernetes v1.32).</summary>
internal static class ServiceUpdateValidation
{
    private const string MayNotChange = "may not change once set";
    private static readonly string[] IpModes = ["Proxy", "VIP"];

    public static IEnumerable<FieldError> Validate(Service service, Service existing)
    {
        var spec = service.Spec ?? new();
        var before = existing.Spec ?? new();
        if (ServiceNeeds.ClusterIP(spec) && ServiceNeeds.ClusterIP(before))
        {
            var (isHeadless, wasHeadless) = (ServiceNeeds.IsHeadless(spec), ServiceNeeds.IsHeadless(before));
            if (!(isHeadless && wasHeadless)) foreach (var error in Addresses(spec, before)) yield return error;
            if (!isHeadless && !wasHeadless) foreach (var error in Families(spec, before)) yield return error;
        }
        if (spec.Type == "LoadBalancer" && before.Type == "LoadBalancer" && spec.LoadBalancerClass != before.LoadBalancerClass)
            yield return FieldError.Invalid("spec.loadBalancerClass", spec.LoadBalancerClass, MayNotChange);
        if (ServiceNeeds.HealthCheckNodePort(spec) && ServiceNeeds.HealthCheckNodePort(before)
            && before.HealthCheckNodePort is > 0 && spec.HealthCheckNodePort != before.HealthCheckNodePort)
            yield return FieldError.Forbidden("spec.healthCheckNodePort", FieldRules.FieldIsImmutable);
    }

    /// <summary>The status of a load balancer: addresses, and how they are reached.</summary>
    public static IEnumerable<FieldError> ValidateStatus(Service service)
    {
        var ingress = service.Status?.LoadBalancer?.Ingress ?? [];
        if (ingress.Count > 0 && service.Spec?.Type != "LoadBalancer")
            return [FieldError.Forbidden("status.loadBalancer.ingress", "may only be used when `spec.type` is 'LoadBalancer'")];
        return ingress.SelectMany((entry, index) => Ingress($"status.loadBalancer.ingress[{index}]", entry));
    }

    private static IEnumerable<FieldError> Addresses(ServiceSpec spec, ServiceSpec before)
    {
        var (now, then) = (spec.ClusterIPs, before.ClusterIPs);
        if (now.Count == then.Count)
        {
            for (var index = 0; index < now.Count; index++)
            {
                if (now[index] != then[index]) yield return FieldError.Invalid($"spec.clusterIPs[{index}]", now, MayNotChange);
            }
            yield break;
        }
        if (then.Count > 0 && now.Count == 0) yield return FieldError.Invalid("spec.clusterIPs[0]", now, "primary clusterIP can not be unset");
        if (then.Count > 0 && now.Count > 0 && now[0] != then[0]) yield return FieldError.Invalid("spec.clusterIPs[0]", now, MayNotChange);
        if (now.Count == 1 && then.Count > 1 && spec.IpFamilyPolicy != "SingleStack")
            yield return FieldError.Invalid("spec.ipFamilyPolicy", spec.IpFamilyPolicy, "must be 'SingleStack' to release the secondary cluster IP");
    }

    private static IEnumerable<FieldError> Families(ServiceSpec spec, ServiceSpec before)
    {
        var (now, then) = (spec.IpFamilies, before.IpFamilies);
        if (now.Count > 0 && then.Count > 0 && now[0] != then[0]) yield return FieldError.Invalid("spec.ipFamilies[0]", now, MayNotChange);
        if (now.Count == 1 && then.Count > 1 && spec.IpFamilyPolicy != "SingleStack")
            yield return FieldError.Invalid("spec.ipFamilyPolicy", spec.IpFamilyPolicy, "must be 'SingleStack' to release the secondary IP family");
    }

    private static IEnumerable<FieldError> Ingress(string field, LoadBalancerIngress entry)
    {
        var hasIp = !string.IsNullOrEmpty(entry.Ip);
        if (hasIp) foreach (var error in FieldRules.Ip($"{field}.ip", entry.Ip!)) yield return error;
        if (entry.IpMode is null && hasIp) yield return FieldError.Required($"{field}.ipMode", "must be specified when `ip` is set");
        if (entry.IpMode is not null && !hasIp) yield return FieldError.Forbidden($"{field}.ipMode", "may not be specified when `ip` is not set");
        else foreach (var error in FieldRules.OptionalOneOf($"{field}.ipMode", entry.IpMode, IpModes)) yield return error;
        if (string.IsNullOrEmpty(entry.Hostname)) yield break;
        foreach (var error in FieldRules.Subdomain($"{field}.hostname", entry.Hostname)) yield return error;
        if (IpText.IsValid(entry.Hostname)) yield return FieldError.Invalid($"{field}.hostname", entry.Hostname, "must be a DNS name, not an IP address");
    }
}
