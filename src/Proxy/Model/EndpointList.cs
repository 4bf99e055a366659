namespace MiniK8s.Proxy.Model;

/// <summary>Makes lists of endpoints, sorted and with each address and port once.</summary>
internal static class EndpointList
{
    /// <summary>
    /// While an endpoint moves from slice to slice it is in both, and a terminating pod's address may already be another's: what is
    /// on this node wins, then what is not terminating, and else what comes first.
    /// </summary>
    /// <param name="endpoints">As they come.</param>
    public static ValueArray<ServiceEndpoint> Of(List<ServiceEndpoint> endpoints)
    {
        var sorted = endpoints.ToArray();
        Array.Sort(sorted);
        return new(AreDistinct(sorted) ? sorted : [.. Merged(endpoints).Values.Order()]);
    }

    private static bool AreDistinct(ServiceEndpoint[] sorted)
    {
        for (var next = 1; next < sorted.Length; next++)
        {
            if (sorted[next].Key == sorted[next - 1].Key) return false;
        }
        return true;
    }

    private static Dictionary<EndpointKey, ServiceEndpoint> Merged(List<ServiceEndpoint> endpoints)
    {
        var known = new Dictionary<EndpointKey, ServiceEndpoint>(endpoints.Count);
        foreach (var endpoint in endpoints)
        {
            if (!known.TryGetValue(endpoint.Key, out var other) || Wins(endpoint, other)) known[endpoint.Key] = endpoint;
        }
        return known;
    }

    private static bool Wins(ServiceEndpoint endpoint, ServiceEndpoint other) =>
        endpoint.IsLocal == other.IsLocal ? other.IsTerminating && !endpoint.IsTerminating : endpoint.IsLocal;
}
