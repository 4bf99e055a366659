using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>What a Service may look like (ValidateService of Kubernetes v1.32).</summary>
internal static class ServiceValidation
{
    private const string OnlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";
    private const string SourceRangesAnnotation = "service.beta.kubernetes.io/load-balancer-source-ranges";
    private const string HintsAnnotation = "service.kubernetes.io/topology-aware-hints";
    private const string ModeAnnotation = "service.kubernetes.io/topology-mode";
    private static readonly string[] Types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
    private static readonly string[] Affinities = ["ClientIP", "None"];
    private static readonly string[] TrafficPolicies = ["Cluster", "Local"];
    private static readonly string[] Distributions = ["PreferClose"];

    /// <summary>Addresses and node ports first, as Kubernetes claims them before it looks at the rest.</summary>
    public static IEnumerable<FieldError> Validate(Service service, ServiceNetwork network)
    {
        var spec = service.Spec ?? new();
        var addresses = ServiceAddressValidation.Validate(spec, network);
        if (addresses.Count > 0) return addresses;
        List<FieldError> nodePorts = [.. ServiceNodePortValidation.Validate(spec, network)];
        return nodePorts.Count > 0 ? nodePorts : Rest(service, spec);
    }

    private static IEnumerable<FieldError> Rest(Service service, ServiceSpec spec) =>
    [
        .. Annotations(service), .. Type(spec), .. ServicePortValidation.Validate(spec), .. FieldRules.Labels("spec.selector", spec.Selector),
        .. Affinity(spec), .. ExternalIPs(spec), .. SourceRanges(service, spec), .. LoadBalancer(spec), .. TrafficPolicy(spec),
    ];

    private static IEnumerable<FieldError> Annotations(Service service)
    {
        var annotations = service.Metadata.Annotations;
        if (annotations.TryGetValue(ModeAnnotation, out var mode) && annotations.TryGetValue(HintsAnnotation, out var hints) && mode != hints)
            yield return FieldError.Invalid($"metadata.annotations[{ModeAnnotation}]", mode, $"must match annotations[{HintsAnnotation}] when both are specified");
    }

    private static IEnumerable<FieldError> Type(ServiceSpec spec)
    {
        foreach (var error in FieldRules.OneOf("spec.type", spec.Type, Types)) yield return error;
        if (spec.Type is "NodePort" or "LoadBalancer" && ServiceNeeds.IsHeadless(spec))
            yield return FieldError.Invalid("spec.clusterIPs[0]", "None", $"may not be set to 'None' for {spec.Type} services");
        if (spec.Type != "ExternalName") yield break;
        foreach (var error in ExternalName(spec)) yield return error;
    }

    private static IEnumerable<FieldError> ExternalName(ServiceSpec spec)
    {
        const string forbidden = "may not be set for ExternalName services";
        if (spec.ClusterIPs.Count > 0 || !string.IsNullOrEmpty(spec.ClusterIP)) yield return FieldError.Forbidden("spec.clusterIPs", forbidden);
        if (spec.IpFamilies.Count > 0) yield return FieldError.Forbidden("spec.ipFamilies", forbidden);
        if (spec.IpFamilyPolicy is not null) yield return FieldError.Forbidden("spec.ipFamilyPolicy", forbidden);
        var name = spec.ExternalName ?? "";
        if (name.EndsWith('.')) name = name[..^1];
        if (name.Length == 0) yield return FieldError.Required("spec.externalName");
        else foreach (var error in FieldRules.Subdomain("spec.externalName", name)) yield return error;
    }

    private static IEnumerable<FieldError> Affinity(ServiceSpec spec)
    {
        foreach (var error in FieldRules.OneOf("spec.sessionAffinity", spec.SessionAffinity, Affinities)) yield return error;
        const string field = "spec.sessionAffinityConfig";
        const string why = "when session affinity type is ClientIP";
        var config = spec.SessionAffinityConfig;
        if (spec.SessionAffinity == "None" && config is not null) yield return FieldError.Forbidden(field, "must not be set when session affinity is None");
        if (spec.SessionAffinity != "ClientIP") yield break;
        if (config is null) yield return FieldError.Required(field, why);
        else if (config.ClientIP is null) yield return FieldError.Required($"{field}.clientIP", why);
        else if (config.ClientIP.TimeoutSeconds is not { } seconds) yield return FieldError.Required($"{field}.clientIP.timeoutSeconds", why);
        else if (seconds is <= 0 or > 86400)
            yield return FieldError.Invalid($"{field}.clientIP.timeoutSeconds", seconds, "must be greater than 0 and less than 86400");
    }

    private static IEnumerable<FieldError> ExternalIPs(ServiceSpec spec) => spec.ExternalIPs.SelectMany((address, index) =>
    {
        var field = $"spec.externalIPs[{index}]";
        return IpText.IsValid(address) ? FieldRules.ProxyableIp(field, address) : FieldRules.Ip(field, address);
    });

    /// <summary>Blanks around the blocks are let through: they were in the annotation that came before the field.</summary>
    private static IEnumerable<FieldError> SourceRanges(Service service, ServiceSpec spec)
    {
        var isBalancer = spec.Type == "LoadBalancer";
        if (spec.LoadBalancerSourceRanges.Count > 0)
        {
            // The capital letter is Kubernetes' own.
            const string field = "spec.LoadBalancerSourceRanges";
            if (!isBalancer) yield return FieldError.Forbidden(field, OnlyLoadBalancer);
            foreach (var error in spec.LoadBalancerSourceRanges.SelectMany((block, index) => FieldRules.Cidr($"{field}[{index}]", block.Trim()))) yield return error;
        }
        else if (service.Metadata.Annotations.TryGetValue(SourceRangesAnnotation, out var text))
        {
            const string field = $"metadata.annotations[{SourceRangesAnnotation}]";
            if (!isBalancer) yield return FieldError.Forbidden(field, OnlyLoadBalancer);
            var blocks = text.Trim().Length == 0 ? [] : text.Split(',');
            foreach (var error in blocks.SelectMany(block => FieldRules.Cidr(field, block.Trim()))) yield return error;
        }
    }

    private static IEnumerable<FieldError> LoadBalancer(ServiceSpec spec)
    {
        var isBalancer = spec.Type == "LoadBalancer";
        if (spec.AllocateLoadBalancerNodePorts is null == isBalancer)
            yield return isBalancer ? FieldError.Required("allocateLoadBalancerNodePorts") : FieldError.Forbidden("spec.allocateLoadBalancerNodePorts", OnlyLoadBalancer);
        if (spec.LoadBalancerClass is null) yield break;
        if (!isBalancer) yield return FieldError.Forbidden("spec.loadBalancerClass", OnlyLoadBalancer);
        else foreach (var error in FieldRules.QualifiedName("spec.loadBalancerClass", spec.LoadBalancerClass)) yield return error;
    }

    private static IEnumerable<FieldError> TrafficPolicy(ServiceSpec spec)
    {
        const string external = "spec.externalTrafficPolicy";
        if (ServiceNeeds.ExternalTrafficPolicy(spec))
            foreach (var error in FieldRules.OneOf(external, spec.ExternalTrafficPolicy, TrafficPolicies)) yield return error;
        else if (!string.IsNullOrEmpty(spec.ExternalTrafficPolicy))
            yield return FieldError.Invalid(external, spec.ExternalTrafficPolicy, "may only be set for externally-accessible services");

        if (!ServiceNeeds.HealthCheckNodePort(spec) && spec.HealthCheckNodePort is { } port && port != 0)
            yield return FieldError.Invalid("spec.healthCheckNodePort", port, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");

        const string inner = "spec.internalTrafficPolicy";
        var policy = FieldRules.OptionalOneOf(inner, spec.InternalTrafficPolicy, TrafficPolicies);
        if (ServiceNeeds.ClusterIP(spec)) policy = FieldRules.OneOf(inner, spec.InternalTrafficPolicy, TrafficPolicies);
        foreach (var error in policy.Concat(FieldRules.OptionalOneOf("spec.trafficDistribution", spec.TrafficDistribution, Distributions))) yield return error;
    }
}
