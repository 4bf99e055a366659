namespace MiniK8s.ControllerManager.EndpointSlices.Topology;

/// <summary>
/// Which zones lend endpoints, and which get them, so that each comes near to its part (getGivingAndReceivingZones and
/// redistributeHints in Kubernetes' endpointslice/topologycache). Zones are taken in the order of their names where Kubernetes takes
/// those of a Go map: the same state has one answer.
/// </summary>
internal sealed class ZoneBalance
{
    private readonly IReadOnlyList<ZoneAllocation> zones;
    private readonly int[] giving;
    private readonly int[] receiving;

    private ZoneBalance(IReadOnlyList<ZoneAllocation> zones) =>
        (this.zones, giving, receiving) = (zones, new int[zones.Count], new int[zones.Count]);

    /// <summary>What is left to lend, by zone.</summary>
    public IReadOnlyDictionary<string, int> Giving => Named(giving);

    /// <summary>What is left to get, by zone.</summary>
    public IReadOnlyDictionary<string, int> Receiving => Named(receiving);

    /// <summary>The balance between what zones are to have and what they have.</summary>
    /// <param name="zones">What they are to have.</param>
    /// <param name="hinted">How many endpoints are meant for each zone now.</param>
    public static ZoneBalance Of(IReadOnlyList<ZoneAllocation> zones, IReadOnlyDictionary<string, int> hinted)
    {
        var balance = new ZoneBalance(zones);
        var surplus = zones.Select(zone => Math.Max(0, hinted.GetValueOrDefault(zone.Zone) - zone.Desired)).ToArray();
        var need = zones.Select(zone => Math.Max(0, zone.Desired - hinted.GetValueOrDefault(zone.Zone))).ToArray();
        while (true)
        {
            var (giver, taker) = (Largest(surplus), Largest(need));
            if (giver < 0 || taker < 0 || !IsWorthIt(surplus[giver], need[taker])) return balance;
            surplus[giver]--;
            need[taker]--;
            balance.giving[giver]++;
            balance.receiving[taker]++;
        }
    }

    /// <summary>Lends one endpoint of a zone to the zone that needs most; null where it has none to lend, or nobody needs it.</summary>
    public string? TryGive(string zone)
    {
        var giver = -1;
        for (var i = 0; i < zones.Count; i++) giver = zones[i].Zone == zone ? i : giver;
        var taker = Array.IndexOf(receiving, receiving.Append(0).Max());
        if (giver < 0 || giving[giver] == 0 || receiving[taker] == 0) return null;
        giving[giver]--;
        receiving[taker]--;
        return zones[taker].Zone;
    }

    // Traffic stays in its zone unless a whole endpoint is too much on one side, and lending it does not merely swap the two sides.
    private static bool IsWorthIt(double surplus, double need) => (surplus >= 1 || need >= 1) && surplus >= 0.5 && need >= 0.5;

    private static int Largest(double[] amounts)
    {
        var largest = -1;
        for (var i = 0; i < amounts.Length; i++)
        {
            if (amounts[i] > (largest < 0 ? 0 : amounts[largest])) largest = i;
        }

        return largest;
    }

    private Dictionary<string, int> Named(int[] amounts) =>
        zones.Select((zone, i) => (zone.Zone, Amount: amounts[i])).Where(zone => zone.Amount > 0).ToDictionary(zone => zone.Zone, zone => zone.Amount);
}
