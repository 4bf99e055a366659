using System.Globalization;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>EndpointSlices.</summary>
internal sealed class EndpointSliceKind : ResourceKind<EndpointSlice>
{
    public override bool HasGeneration => true;

    public override IReadOnlyList<Column<EndpointSlice>> Columns { get; } =
    [
        CommonColumns.Name<EndpointSlice>(),
        CommonColumns.Of<EndpointSlice>("AddressType", slice => slice.AddressType),
        CommonColumns.Of<EndpointSlice>("Ports", slice => Shortened(slice.Ports.Select(PortText))),
        CommonColumns.Of<EndpointSlice>("Endpoints", slice => Shortened(slice.Endpoints.SelectMany(endpoint => endpoint.Addresses))),
        CommonColumns.CreationAge<EndpointSlice>(),
    ];

    public override EndpointSlice Default(EndpointSlice value) => value with
    {
        Ports = [.. value.Ports.Select(port => port with { Name = port.Name ?? "", Protocol = port.Protocol ?? "TCP" })],
        Endpoints = [.. value.Endpoints.Select(endpoint => endpoint with { Conditions = endpoint.Conditions ?? new() })],
    };

    public override IEnumerable<FieldError> Validate(EndpointSlice value) => EndpointSliceValidation.Validate(value);

    public override IEnumerable<FieldError> ValidateUpdate(EndpointSlice value, EndpointSlice existing)
    {
        if (value.AddressType != existing.AddressType) yield return FieldError.Invalid("addressType", value.AddressType, FieldRules.FieldIsImmutable);
    }

    private static string PortText(EndpointPort port) => port.Port?.ToString(CultureInfo.InvariantCulture) ?? (string.IsNullOrEmpty(port.Name) ? "*" : port.Name);

    private static string Shortened(IEnumerable<string> items) => CommonColumns.Shortened([.. items]) is { Length: > 0 } text ? text : "<unset>";
}
