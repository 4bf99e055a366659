using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubectl.Describing;

/// <summary>An Endpoints object.</summary>
internal static class EndpointsDescription
{
    /// <summary>Writes the description.</summary>
    public static void Write(DescriptionText text, Endpoints endpoints)
    {
        text.Add("Name", endpoints.Metadata.Name);
        text.Add("Namespace", endpoints.Metadata.Namespace);
        text.AddMap("Labels", endpoints.Metadata.Labels);
        text.AddMap("Annotations", endpoints.Metadata.Annotations, ": ");
        text.Heading("Subsets");
        foreach (var subset in endpoints.Subsets)
        {
            text.Add("Addresses", string.Join(',', subset.Addresses.Select(address => address.Ip)), 1);
            text.Add("NotReadyAddresses", string.Join(',', subset.NotReadyAddresses.Select(address => address.Ip)), 1);
            if (subset.Ports.Count == 0) continue;
            text.Heading("Ports", 1);
            List<IReadOnlyList<string>> rows = [["Name", "Port", "Protocol"], ["----", "----", "--------"]];
            rows.AddRange(subset.Ports.Select(port => (IReadOnlyList<string>)[port.Name is { Length: > 0 } name ? name : "<unset>", $"{port.Port}", port.Protocol ?? "TCP"]));
            text.Table(rows, 2);
        }
    }
}
