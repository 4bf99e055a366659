using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Endpoints.</summary>
internal sealed class EndpointsKind : ResourceKind<Endpoints>
{
    public override bool CreatesOnUpdate => true;

    public override IReadOnlyList<Column<Endpoints>> Columns { get; } =
    [
        CommonColumns.Name<Endpoints>(),
        CommonColumns.Of<Endpoints>("Endpoints", Cell),
        CommonColumns.CreationAge<Endpoints>(),
    ];

    public override Endpoints Default(Endpoints value) => value with
    {
        Subsets = [.. value.Subsets.Select(subset => subset with { Ports = [.. subset.Ports.Select(port => port with { Protocol = port.Protocol ?? "TCP" })] })],
    };

    public override IEnumerable<FieldError> Validate(Endpoints value) => value.Subsets.SelectMany((subset, index) => Subset($"subsets[{index}]", subset));

    private static IEnumerable<FieldError> Subset(string field, EndpointSubset subset)
    {
        if (subset.Addresses.Count == 0 && subset.NotReadyAddresses.Count == 0)
            yield return FieldError.Required(field, "must specify `addresses` or `notReadyAddresses`");
        var errors = subset.Addresses.SelectMany((address, index) => Address($"{field}.addresses[{index}]", address))
            .Concat(subset.NotReadyAddresses.SelectMany((address, index) => Address($"{field}.notReadyAddresses[{index}]", address)))
            .Concat(subset.Ports.SelectMany((port, index) => Port($"{field}.ports[{index}]", port, subset.Ports.Count > 1)));
        foreach (var error in errors) yield return error;
    }

    private static IEnumerable<FieldError> Address(string field, EndpointAddress address)
    {
        var errors = IpText.IsValid(address.Ip) ? FieldRules.ProxyableIp($"{field}.ip", address.Ip) : FieldRules.Ip($"{field}.ip", address.Ip);
        if (!string.IsNullOrEmpty(address.Hostname)) errors = errors.Concat(FieldRules.Label($"{field}.hostname", address.Hostname));
        return address.NodeName is { } node ? errors.Concat(FieldRules.Subdomain($"{field}.nodeName", node)) : errors;
    }

    private static IEnumerable<FieldError> Port(string field, EndpointPort port, bool needsName)
    {
        IEnumerable<FieldError> errors = [];
        if (!string.IsNullOrEmpty(port.Name)) errors = FieldRules.Label($"{field}.name", port.Name);
        else if (needsName) errors = [FieldError.Required($"{field}.name")];
        errors = errors.Concat(FieldRules.Port($"{field}.port", port.Port)).Concat(FieldRules.Protocol($"{field}.protocol", port.Protocol));
        return port.AppProtocol is { } protocol ? errors.Concat(FieldRules.QualifiedName($"{field}.appProtocol", protocol)) : errors;
    }

    private static string Cell(Endpoints endpoints)
    {
        if (endpoints.Subsets.Count == 0) return CommonColumns.None;
        var all = endpoints.Subsets.SelectMany(subset => subset.Ports.Count == 0
            ? subset.Addresses.Select(address => address.Ip)
            : subset.Ports.SelectMany(port => subset.Addresses.Select(address => HostAndPort(address.Ip, port.Port))));
        return CommonColumns.Shortened([.. all]);
    }

    private static string HostAndPort(string address, int port) => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]:{port}" : $"{address}:{port}";
}
