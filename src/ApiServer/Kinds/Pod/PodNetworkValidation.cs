using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Names, DNS and the host's network.</summary>
internal static class PodNetworkValidation
{
    private const int MostNameservers = 3;
    private const int MostSearches = 32;
    private static readonly string[] DnsPolicies = ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"];

    public static IEnumerable<FieldError> Validate(PodSpec spec)
    {
        if (!string.IsNullOrEmpty(spec.Hostname)) foreach (var error in FieldRules.Label("spec.hostname", spec.Hostname)) yield return error;
        if (!string.IsNullOrEmpty(spec.Subdomain)) foreach (var error in FieldRules.Label("spec.subdomain", spec.Subdomain)) yield return error;
        foreach (var error in FieldRules.OneOf("spec.dnsPolicy", spec.DnsPolicy, DnsPolicies).Concat(DnsConfig(spec)).Concat(HostPorts(spec))) yield return error;
        if (spec.HostPID == true && spec.ShareProcessNamespace == true)
            yield return FieldError.Invalid("spec.shareProcessNamespace", true, "ShareProcessNamespace and HostPID cannot both be enabled");
        for (var index = 0; index < spec.HostAliases.Count; index++)
        {
            var field = $"spec.hostAliases[{index}]";
            var alias = spec.HostAliases[index];
            foreach (var error in FieldRules.Ip($"{field}.ip", alias.Ip).Concat(alias.Hostnames.SelectMany(name => FieldRules.Subdomain($"{field}.hostnames", name)))) yield return error;
        }
    }

    private static IEnumerable<FieldError> DnsConfig(PodSpec spec)
    {
        const string field = "spec.dnsConfig";
        var config = spec.DnsConfig ?? new();
        if (spec.DnsPolicy == "None" && config.Nameservers.Count == 0)
            yield return FieldError.Required($"{field}.nameservers", "must provide at least one DNS nameserver when `dnsPolicy` is None");
        if (config.Nameservers.Count > MostNameservers)
            yield return FieldError.Invalid($"{field}.nameservers", config.Nameservers, $"must not have more than {MostNameservers} nameservers");
        foreach (var error in config.Nameservers.SelectMany((server, index) => FieldRules.Ip($"{field}.nameservers[{index}]", server))) yield return error;
        if (config.Searches.Count > MostSearches)
            yield return FieldError.Invalid($"{field}.searches", config.Searches, $"must not have more than {MostSearches} search paths");
        for (var index = 0; index < config.Options.Count; index++)
        {
            if (string.IsNullOrEmpty(config.Options[index].Name)) yield return FieldError.Required($"{field}.options[{index}]", "must not be empty");
        }
    }

    /// <summary>One port of the host for one container; on the host's network a container's port is the host's.</summary>
    private static IEnumerable<FieldError> HostPorts(PodSpec spec)
    {
        var taken = new HashSet<string>();
        for (var index = 0; index < spec.Containers.Count; index++)
        {
            for (var number = 0; number < spec.Containers[index].Ports.Count; number++)
            {
                var port = spec.Containers[index].Ports[number];
                var field = $"spec.containers[{index}].ports[{number}]";
                if (port.HostPort is null or 0) continue;
                if (spec.HostNetwork == true && port.HostPort != port.ContainerPortValue)
                    yield return FieldError.Invalid($"{field}.containerPort", port.ContainerPortValue, "must match `hostPort` when `hostNetwork` is true");
                var key = $"{port.Protocol}/{port.HostIP}/{port.HostPort}";
                if (!taken.Add(key)) yield return FieldError.Duplicate($"{field}.hostPort", key);
            }
        }
    }
}
