using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.ControllerManager.EndpointSlices.Topology;

/// <summary>A slice whose hints are being chosen: to begin with each ready endpoint is meant for its own zone, and no other for any.</summary>
internal sealed class HintDraft(EndpointSlice slice)
{
    private readonly string?[] hints = [.. slice.Endpoints.Select(e => IsReady(e) ? e.Zone : null)];

    /// <summary>The zones that the endpoints are meant for, each time they are.</summary>
    public IEnumerable<string> Hints => hints.OfType<string>();

    /// <summary>A ready endpoint without a zone, which can be meant for none; null where all have one.</summary>
    public Endpoint? WithoutZone => slice.Endpoints.FirstOrDefault(e => IsReady(e) && string.IsNullOrEmpty(e.Zone));

    /// <summary>Whether hints count for the endpoint; unlike for proxies, an unknown condition is no yes.</summary>
    public static bool IsReady(Endpoint endpoint) => endpoint.Conditions?.Ready == true;

    /// <summary>Lends endpoints to other zones, the first ones first.</summary>
    public void Lend(ZoneBalance balance)
    {
        for (var i = 0; i < hints.Length; i++)
        {
            if (hints[i] is { } own) hints[i] = balance.TryGive(own) ?? own;
        }
    }

    /// <summary>The slice with the hints as chosen.</summary>
    public EndpointSlice Finished() => slice with { Endpoints = [.. slice.Endpoints.Select((e, i) => e with { Hints = For(hints[i]) })] };

    private static EndpointHints? For(string? zone) => zone is null ? null : new EndpointHints { ForZones = [new ForZone { Name = zone }] };
}
