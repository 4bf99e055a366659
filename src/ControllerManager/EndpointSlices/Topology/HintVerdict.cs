namespace MiniK8s.ControllerManager.EndpointSlices.Topology;

/// <summary>Why a Service that asks for zone hints has none.</summary>
internal enum HintRefusal
{
    /// <summary>The zones' shares of CPU are unknown.</summary>
    UnknownShares,

    /// <summary>There are more zones than ready endpoints.</summary>
    TooFewEndpoints,

    /// <summary>However the endpoints are divided, those of some zone would get too much of the traffic.</summary>
    Overload,

    /// <summary>A ready endpoint is on a node without a zone.</summary>
    EndpointWithoutZone,
}

/// <summary>
/// What became of the wish for zone hints. Each address family has its own: a client uses the endpoints of one family only, so the
/// other may go without.
/// </summary>
/// <param name="AddressType">The family.</param>
/// <param name="Refusal">Why its endpoints have no hints; null where they have.</param>
/// <param name="Detail">The refusal in words.</param>
internal sealed record HintVerdict(string AddressType, HintRefusal? Refusal = null, string Detail = "")
{
    /// <summary>The endpoints have hints.</summary>
    public bool Given => Refusal is null;
}
