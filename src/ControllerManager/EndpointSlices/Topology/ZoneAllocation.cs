namespace MiniK8s.ControllerManager.EndpointSlices.Topology;

/// <summary>How many of a Service's endpoints are to be meant for one zone.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Minimum">With fewer each of them would get more than <see cref="OverloadThreshold"/> above its fair part of the traffic.</param>
/// <param name="Maximum">With more there would be too few left for the minimum of the other zones.</param>
/// <param name="Desired">The zone's exact part, and never below the minimum.</param>
internal readonly record struct ZoneAllocation(string Zone, int Minimum, int Maximum, double Desired)
{
    /// <summary>The most that one endpoint may get above its fair part (overloadThreshold in Kubernetes' endpointslice/topologycache).</summary>
    public const double OverloadThreshold = 0.2;

    /// <summary>The allocations of all zones, in their order, or why there can be none (getAllocations in Kubernetes).</summary>
    /// <param name="shares">The zones.</param>
    /// <param name="endpoints">How many ready endpoints there are to divide.</param>
    public static (IReadOnlyList<ZoneAllocation> Zones, HintRefusal? Refusal) Of(ZoneShares shares, int endpoints)
    {
        if (shares.Lack is not null) return ([], HintRefusal.UnknownShares);
        if (shares.Zones.Count > endpoints) return ([], HintRefusal.TooFewEndpoints);

        var zones = shares.Zones.Select(zone => Of(zone.Zone, zone.Share * endpoints)).ToList();
        var spare = endpoints - zones.Sum(zone => zone.Minimum);
        return spare < 0 ? ([], HintRefusal.Overload) : ([.. zones.Select(zone => zone with { Maximum = zone.Minimum + spare })], null);
    }

    // Multiplied by the inverse and not divided: at whole numbers the two round differently, and Kubernetes' answer is wanted.
    private static ZoneAllocation Of(string zone, double fair)
    {
        var minimum = (int)Math.Ceiling(fair * (1 / (1 + OverloadThreshold)));
        return new ZoneAllocation(zone, minimum, 0, Math.Max(fair, minimum));
    }
}
