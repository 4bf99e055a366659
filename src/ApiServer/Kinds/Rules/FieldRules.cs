using MiniK8s.Api.Names;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Validation;
using MiniK8s.Api.Values;

namespace MiniK8s.ApiServer.Kinds.Rules;

/// <summary>Rules that fields of several kinds share. Each yields what is wrong, in the words of Kubernetes, or nothing.</summary>
internal static class FieldRules
{
    /// <summary>What k8s says of a field that may never change.</summary>
    public const string FieldIsImmutable = "field is immutable";

    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    /// <summary>One error for each objection.</summary>
    public static IEnumerable<FieldError> Invalid(string field, object? value, IEnumerable<string> objections) =>
        objections.Select(objection => FieldError.Invalid(field, value, objection));

    /// <summary>A value that must be there and be one of the known ones.</summary>
    public static IEnumerable<FieldError> OneOf(string field, string? value, IReadOnlyCollection<string> known)
    {
        if (string.IsNullOrEmpty(value)) yield return FieldError.Required(field);
        else if (!known.Contains(value)) yield return FieldError.NotSupported(field, value, known);
    }

    /// <summary>A value that may be missing and must else be one of the known ones.</summary>
    public static IEnumerable<FieldError> OptionalOneOf(string field, string? value, IReadOnlyCollection<string> known) =>
        string.IsNullOrEmpty(value) ? [] : OneOf(field, value, known);

    /// <summary>TCP, UDP or SCTP.</summary>
    public static IEnumerable<FieldError> Protocol(string field, string? value) => OneOf(field, value, Protocols);

    /// <summary>A port from 1 to 65535.</summary>
    public static IEnumerable<FieldError> Port(string field, int value) => InRange(field, value, 1, 65535);

    /// <summary>A number between two bounds, both included.</summary>
    public static IEnumerable<FieldError> InRange(string field, long value, long least, long most)
    {
        if (value < least || value > most) yield return FieldError.Invalid(field, value, $"must be between {least} and {most}, inclusive");
    }

    /// <summary>A number that is not negative, or is not given.</summary>
    public static IEnumerable<FieldError> NotNegative(string field, long? value)
    {
        if (value < 0) yield return FieldError.Invalid(field, value, "must be greater than or equal to 0");
    }

    /// <summary>A port by number or by the name of a container's port.</summary>
    public static IEnumerable<FieldError> PortNumberOrName(string field, IntOrString? value) => value switch
    {
        null => [FieldError.Required(field)],
        { IsString: true } name => Invalid(field, name.Text, NameRules.PortName(name.Text)),
        { } number => Port(field, number.Number),
    };

    /// <summary>An IP address of either family.</summary>
    public static IEnumerable<FieldError> Ip(string field, string value)
    {
        if (!IpText.IsValid(value)) yield return FieldError.Invalid(field, value, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }

    /// <summary>A block of addresses.</summary>
    public static IEnumerable<FieldError> Cidr(string field, string value)
    {
        if (!IpRange.TryParse(value, out _)) yield return FieldError.Invalid(field, value, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
    }

    /// <summary>An address that may receive traffic for a Service.</summary>
    public static IEnumerable<FieldError> ProxyableIp(string field, string value) => Invalid(field, value, ProxyableAddress.Objections(value));

    /// <summary>A DNS label such as <c>web-1</c>.</summary>
    public static IEnumerable<FieldError> Label(string field, string value) => Invalid(field, value, NameRules.Dns1123Label(value));

    /// <summary>A DNS subdomain such as <c>web-1.example.com</c>.</summary>
    public static IEnumerable<FieldError> Subdomain(string field, string value) => Invalid(field, value, NameRules.Dns1123Subdomain(value));

    /// <summary>A subdomain where a value is given.</summary>
    public static IEnumerable<FieldError> OptionalSubdomain(string field, string? value) => string.IsNullOrEmpty(value) ? [] : Subdomain(field, value);

    /// <summary>A name with an optional prefix, such as <c>example.com/class</c>.</summary>
    public static IEnumerable<FieldError> QualifiedName(string field, string value) => Invalid(field, value, NameRules.QualifiedName(value));

    /// <summary>Keys and values that labels may have; the field named is the whole map, as Kubernetes does.</summary>
    public static IEnumerable<FieldError> Labels(string field, IReadOnlyDictionary<string, string> labels) =>
        labels.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(pair => QualifiedName(field, pair.Key).Concat(Invalid(field, pair.Value, NameRules.LabelValue(pair.Value))));

    /// <summary>A name of another object, which must be given.</summary>
    public static IEnumerable<FieldError> Reference(string field, string? name)
    {
        if (string.IsNullOrEmpty(name)) yield return FieldError.Required(field);
    }
}
