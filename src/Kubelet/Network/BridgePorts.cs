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
            string? refusal = null;
            foreach (var port in await ClosedAsync(cancellationToken)) refusal = await TryOpenAsync(port, cancellationToken) ?? refusal;
            // A port that went with its pod meanwhile is nobody's concern.
            Say(refusal is not null && (await ClosedAsync(cancellationToken)).Count > 0 ? refusal : null);
        }
        catch (Exception error) when (error is InvalidOperationException or JsonException)
        {
            Say(error.Message);
        }
    }

    private async Task<IReadOnlyList<string>> ClosedAsync(CancellationToken cancellationToken) =>
        Closed(await NetworkTool.RunAsync("bridge", ["-d", "-j", "link", "show"], cancellationToken), bridge);

    /// <summary>Why it could not be opened; null when it is. The others' pods must not wait for it.</summary>
    private static async Task<string?> TryOpenAsync(string port, CancellationToken cancellationToken)
    {
        try
        {
            await NetworkTool.RunAsync("bridge", ["link", "set", "dev", port, "hairpin", "on"], cancellationToken);
            return null;
        }
        catch (InvalidOperationException error)
        {
            return error.Message;
        }
    }

    private void Say(string? reason)
    {
        if (reason is not null && reason != said) log.LogWarning("A pod on {Bridge} may not reach itself through a Service: {Reason}", bridge, reason);
        said = reason;
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
