namespace MiniK8s.Proxy.Nftables;

/// <summary>Counts who uses an address, and tells which addresses came into use or fell out of it since last asked.</summary>
internal sealed class AddressCounts
{
    /// <summary>A dictionary keeps the room for the most that it ever held, and even emptying it takes time for all of that.</summary>
    private const int MostKept = 1024;

    // Endpoints are many, and nearly all of IPv4: their addresses take half the room by themselves.
    private readonly Dictionary<uint, int> small = [];
    private readonly Dictionary<UInt128, int> large = [];
    private Dictionary<UInt128, bool> before = [];

    /// <summary>One more, or one less, uses it.</summary>
    public void Add(UInt128 address, int difference)
    {
        var count = address <= uint.MaxValue ? Add(small, (uint)address, difference) : Add(large, address, difference);
        before.TryAdd(address, count > 0);
    }

    /// <summary>Tells what changed, and forgets that it did.</summary>
    /// <param name="changed">Told of each address whether it is in use now.</param>
    public void Settle(Action<UInt128, bool> changed)
    {
        foreach (var (address, was) in before)
        {
            var now = address <= uint.MaxValue ? small.ContainsKey((uint)address) : large.ContainsKey(address);
            if (now != was) changed(address, now);
        }
        if (before.Count <= MostKept)
        {
            before.Clear();
            return;
        }
        before = [];
        small.TrimExcess();
        large.TrimExcess();
    }

    /// <summary>Gives the number before.</summary>
    private static int Add<TAddress>(Dictionary<TAddress, int> counts, TAddress address, int difference)
        where TAddress : notnull
    {
        var count = counts.GetValueOrDefault(address);
        if (count + difference > 0) counts[address] = count + difference;
        else counts.Remove(address);
        return count;
    }
}
