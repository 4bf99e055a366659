using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubectl.Describing;

/// <summary>An Endpoints object.</summary>
internal static class EndpointsDescription
{
    /// <summary>Writes the description.</summary>
    public static void Write(TabText text, Endpoints endpoints)
    {
        text.Line(0, $"Name:\t{endpoints.Metadata.Name}").Line(0, $"Namespace:\t{endpoints.Metadata.Namespace}");
        text.Map("Labels", endpoints.Metadata.Labels).Annotations(endpoints.Metadata.Annotations).Line(0, "Subsets:");
        foreach (var subset in endpoints.Subsets)
        {
            text.Line(1, $"Addresses:\t{Addresses(subset.Addresses)}").Line(1, $"NotReadyAddresses:\t{Addresses(subset.NotReadyAddresses)}");
            if (subset.Ports.Count > 0) text.Line(1, "Ports:").Line(2, "Name\tPort\tProtocol").Line(2, "----\t----\t--------");
            foreach (var port in subset.Ports) text.Line(2, $"{(port.Name is { Length: > 0 } name ? name : "<unset>")}\t{port.Port}\t{port.Protocol}");
            text.Line(0, "");
        }
    }

    private static string Addresses(IReadOnlyList<EndpointAddress> addresses) => Common.OrNone(string.Join(',', addresses.Select(address => address.Ip)));
}
