using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// Gives endpoints the slots 0 to n-1. Those that were there keep theirs as far as they can, so that the change of an endpoint
/// costs a change of one or two elements, however many others there are. Pure.
/// </summary>
internal static class SlotPlan
{
    /// <param name="before">The endpoints as they lie now.</param>
    /// <param name="wanted">Those that are wanted, each once.</param>
    public static ServiceEndpoint[] Assign(ServiceEndpoint[] before, ValueArray<ServiceEndpoint> wanted)
    {
        if (wanted.Count == 0) return [];
        if (before.Length == 0) return wanted.AsSharedArray();
        var slots = new ServiceEndpoint[wanted.Count];
        var homeless = Place(before, wanted, slots);
        var next = 0;
        foreach (var endpoint in homeless)
        {
            while (slots[next] is not null) next++;
            slots[next] = endpoint;
        }
        return slots;
    }

    private static List<ServiceEndpoint> Place(ServiceEndpoint[] before, ValueArray<ServiceEndpoint> wanted, ServiceEndpoint[] slots)
    {
        var known = new Dictionary<EndpointKey, int>(before.Length);
        for (var slot = 0; slot < before.Length; slot++) known[before[slot].Key] = slot;
        var homeless = new List<ServiceEndpoint>();
        foreach (var endpoint in wanted)
        {
            if (known.TryGetValue(endpoint.Key, out var slot) && slot < slots.Length) slots[slot] = endpoint;
            else homeless.Add(endpoint);
        }
        return homeless;
    }
}
