using System.Net.Sockets;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Names;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;
using Endpoint = MiniK8s.Api.Discovery.V1.Endpoint;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>What an EndpointSlice may hold (pkg/apis/discovery/validation of Kubernetes v1.32).</summary>
internal static class EndpointSliceValidation
{
    private const int MostEndpoints = 1000;
    private const int MostAddresses = 100;
    private const int MostPorts = 20000;
    private const int MostZones = 8;
    private const int MostTopologyLabels = 16;
    private static readonly string[] AddressTypes = ["FQDN", "IPv4", "IPv6"];

    public static IEnumerable<FieldError> Validate(EndpointSlice slice) =>
        FieldRules.OneOf("addressType", slice.AddressType, AddressTypes).Concat(Endpoints(slice)).Concat(Ports(slice.Ports));

    private static IEnumerable<FieldError> Endpoints(EndpointSlice slice) => slice.Endpoints.Count > MostEndpoints
        ? [FieldError.TooMany("endpoints", slice.Endpoints.Count, MostEndpoints)]
        : slice.Endpoints.SelectMany((endpoint, index) => Endpoint($"endpoints[{index}]", endpoint, slice.AddressType));

    private static IEnumerable<FieldError> Endpoint(string field, Endpoint endpoint, string type)
    {
        if (endpoint.Addresses.Count == 0) yield return FieldError.Required($"{field}.addresses", "must contain at least 1 address");
        else if (endpoint.Addresses.Count > MostAddresses) yield return FieldError.TooMany($"{field}.addresses", endpoint.Addresses.Count, MostAddresses);
        if (endpoint.DeprecatedTopology.Count > MostTopologyLabels)
            yield return FieldError.TooMany($"{field}.deprecatedTopology", endpoint.DeprecatedTopology.Count, MostTopologyLabels);

        var zones = endpoint.Hints?.ForZones ?? [];
        if (zones.Count > MostZones) yield return FieldError.TooMany($"{field}.hints.forZones", zones.Count, MostZones);
        var errors = endpoint.Addresses.SelectMany((address, index) => Address($"{field}.addresses[{index}]", address, type))
            .Concat(FieldRules.Labels($"{field}.deprecatedTopology", endpoint.DeprecatedTopology))
            .Concat(zones.SelectMany((zone, index) => FieldRules.Invalid($"{field}.hints.forZones[{index}].name", zone.Name, NameRules.LabelValue(zone.Name))));
        if (endpoint.NodeName is { } node) errors = errors.Concat(FieldRules.Subdomain($"{field}.nodeName", node));
        if (endpoint.Hostname is { } host) errors = errors.Concat(FieldRules.Label($"{field}.hostname", host));
        foreach (var error in errors) yield return error;

        for (var index = 0; index < zones.Count; index++)
        {
            if (zones.Take(index).Any(other => other.Name == zones[index].Name)) yield return FieldError.Duplicate($"{field}.hints.forZones[{index}].name", zones[index].Name);
        }
    }

    private static IEnumerable<FieldError> Address(string field, string address, string type) => type switch
    {
        "IPv4" => OfFamily(field, address, AddressFamily.InterNetwork, "must be a valid IPv4 address"),
        "IPv6" => OfFamily(field, address, AddressFamily.InterNetworkV6, "must be a valid IPv6 address"),
        "FQDN" => DomainName(field, address),
        _ => [],
    };

    private static IEnumerable<FieldError> OfFamily(string field, string text, AddressFamily family, string objection)
    {
        if (!IpText.TryParse(text, out var address) || address.AddressFamily != family) yield return FieldError.Invalid(field, text, objection);
        foreach (var error in FieldRules.ProxyableIp(field, text)) yield return error;
    }

    private static IEnumerable<FieldError> DomainName(string field, string name)
    {
        if (name.Length == 0) return [FieldError.Required(field)];
        var errors = FieldRules.Subdomain(field, name.EndsWith('.') ? name[..^1] : name);
        return name.Contains('.', StringComparison.Ordinal) ? errors : errors.Append(FieldError.Invalid(field, name, "should be a domain with at least two segments separated by dots"));
    }

    private static IEnumerable<FieldError> Ports(IReadOnlyList<EndpointPort> ports)
    {
        if (ports.Count > MostPorts) yield return FieldError.TooMany("ports", ports.Count, MostPorts);
        var names = new HashSet<string>();
        for (var index = 0; index < Math.Min(ports.Count, MostPorts); index++)
        {
            var (field, port) = ($"ports[{index}]", ports[index]);
            foreach (var error in Port(field, port)) yield return error;
            if (!names.Add(port.Name ?? "")) yield return FieldError.Duplicate($"{field}.name", port.Name ?? "");
        }
    }

    private static IEnumerable<FieldError> Port(string field, EndpointPort port)
    {
        IEnumerable<FieldError> errors = string.IsNullOrEmpty(port.Name) ? [] : FieldRules.Label($"{field}.name", port.Name);
        if (port.Port is { } number) errors = errors.Concat(FieldRules.Port($"{field}.port", number));
        errors = errors.Concat(FieldRules.Protocol($"{field}.protocol", port.Protocol));
        return port.AppProtocol is { } protocol ? errors.Concat(FieldRules.QualifiedName($"{field}.appProtocol", protocol)) : errors;
    }
}
