using System.Net;

namespace MiniK8s.Api.Networking;

/// <summary>
/// Chooses free addresses and ports for Services: at random in the upper band first, and in the lower band, which is meant for
/// users who name their choice, only when the upper one is full. A single free entry is always found.
/// </summary>
public static class AddressPicker
{
    /// <summary>A free address, or null when all are taken.</summary>
    public static IPAddress? Pick(IpRange range, Func<IPAddress, bool> isTaken, Random random) =>
        PickIndex(range.StaticCount, range.Count, index => isTaken(range.At(index)), random) is { } free ? range.At(free) : null;

    /// <summary>A free port, or null when all are taken.</summary>
    public static int? Pick(PortRange range, Func<int, bool> isTaken, Random random) =>
        (int?)PickIndex(range.StaticCount, range.Count, index => isTaken(range.First + (int)index), random) + range.First;

    private static long? PickIndex(long staticCount, long count, Func<long, bool> isTaken, Random random) =>
        Scan(Math.Min(staticCount, count), count, isTaken, random) ?? Scan(0, Math.Min(staticCount, count), isTaken, random);

    /// <summary>From a random start once around: each index of [from, to) is asked for at most once.</summary>
    private static long? Scan(long from, long to, Func<long, bool> isTaken, Random random)
    {
        if (from >= to) return null;
        var start = random.NextInt64(from, to);
        for (var index = start; index < to; index++)
        {
            if (!isTaken(index)) return index;
        }
        for (var index = from; index < start; index++)
        {
            if (!isTaken(index)) return index;
        }
        return null;
    }
}
