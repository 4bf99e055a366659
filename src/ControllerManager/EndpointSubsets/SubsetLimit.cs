using MiniK8s.Api.Core.V1;

namespace MiniK8s.ControllerManager.EndpointSubsets;

/// <summary>Keeps an Endpoints object from growing beyond what every reader of the object can bear.</summary>
internal static class SubsetLimit
{
    /// <summary>
    /// At most <paramref name="max"/> addresses: the ready ones before the others, and from each subset its share, so that no
    /// port loses all.
    /// </summary>
    public static (IReadOnlyList<EndpointSubset> Subsets, bool Truncated) Apply(IReadOnlyList<EndpointSubset> subsets, int max)
    {
        var ready = subsets.Sum(s => s.Addresses.Count);
        var notReady = subsets.Sum(s => s.NotReadyAddresses.Count);
        if (ready + notReady <= max) return (subsets, false);

        var readyShares = Shares([.. subsets.Select(s => s.Addresses.Count)], Math.Min(ready, max));
        var notReadyShares = Shares([.. subsets.Select(s => s.NotReadyAddresses.Count)], Math.Min(notReady, max - Math.Min(ready, max)));
        var kept = subsets.Select((subset, i) => subset with
        {
            Addresses = [.. subset.Addresses.Take(readyShares[i])],
            NotReadyAddresses = [.. subset.NotReadyAddresses.Take(notReadyShares[i])],
        });
        return ([.. kept.Where(s => s.Addresses.Count + s.NotReadyAddresses.Count > 0)], true);
    }

    /// <summary>Parts of <paramref name="total"/> in proportion to the counts; the remainder goes to the first ones that have room.</summary>
    private static int[] Shares(int[] counts, int total)
    {
        var sum = Math.Max(1, counts.Sum());
        var shares = counts.Select(count => (int)((long)count * total / sum)).ToArray();
        var rest = total - shares.Sum();
        for (var i = 0; rest > 0; i = (i + 1) % shares.Length)
        {
            if (shares[i] >= counts[i]) continue;
            shares[i]++;
            rest--;
        }

        return shares;
    }
}
