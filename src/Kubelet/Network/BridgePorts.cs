using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace MiniK8s.Kubelet.Network;

/// <summary>
/// Lets the bridge of the pods send a frame back by the port that it came in by. A pod that reaches itself through a Service needs
/// that: with br_netfilter its packet gets its new destination inside of the bridge and never leaves it, and a bridge sends nothing
/// back unless told so (kubelet's hairpin mode <c>hairpin-veth</c>). Docker does this only where its userland proxy is off.
/// </summary>
internal sealed class BridgePorts(string bridge, ILogger<BridgePorts> log)
{
    private string? said;

    /// <summary>Opens the ports that are there. A host that cannot do it is told of once: all else works there.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var ports = Closed(await NetworkTool.RunAsync("bridge", ["-d", "-j", "link", "show"], cancellationToken), bridge);
            foreach (var port in ports) await NetworkTool.RunAsync("bridge", ["link", "set", "dev", port, "hairpin", "on"], cancellationToken);
            said = null;
        }
        catch (Exception error) when (error is InvalidOperationException or JsonException)
        {
            // A port that went with its pod meanwhile is none of anybody's concern, and the next pod or resync comes soon.
            if (said != error.Message) log.LogWarning("A pod on {Bridge} may not reach itself through a Service: {Reason}", bridge, error.Message);
            said = error.Message;
        }
    }

    /// <summary>The bridge's ports that send nothing back, from the output of <c>bridge -d -j link show</c>.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    internal static IReadOnlyList<string> Closed(string output, string bridge)
    {
        // Without any port of any bridge it prints nothing at all.
        if (string.IsNullOrWhiteSpace(output)) return [];
        using var links = JsonDocument.Parse(output);
        return links.RootElement.ValueKind == JsonValueKind.Array
            ? [.. links.RootElement.EnumerateArray().Where(link => TextOf(link, "master") == bridge && !IsOpen(link)).Select(link => TextOf(link, "ifname")).OfType<string>()]
            : throw new JsonException("bridge printed no list");
    }

    private static string? TextOf(JsonElement link, string field) =>
        link.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsOpen(JsonElement link) => link.TryGetProperty("hairpin", out var value) && value.ValueKind == JsonValueKind.True;
}
