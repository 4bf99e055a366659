namespace MiniK8s.Proxy.Nftables;

/// <summary>Counts who uses an address, and tells which addresses came into use or fell out of it since last asked.</summary>
internal sealed class AddressCounts
{
    /// <summary>A dictionary keeps the room for the most that it ever held, and even emptying it takes time for all of that.</summary>
    private const int MostKept = 1024;

    private readonly Dictionary<UInt128, int> counts = [];
    private Dictionary<UInt128, bool> before = [];

    /// <summary>The addresses in use.</summary>
    public IEnumerable<UInt128> All => counts.Keys;

    /// <summary>One more, or one less, uses it.</summary>
    public void Add(UInt128 address, int difference)
    {
        var count = counts.GetValueOrDefault(address);
        before.TryAdd(address, count > 0);
        if (count + difference > 0) counts[address] = count + difference;
        else counts.Remove(address);
    }

    /// <summary>Tells what changed, and forgets that it did.</summary>
    /// <param name="changed">Told of each address whether it is in use now.</param>
    public void Settle(Action<UInt128, bool> changed)
    {
        foreach (var (address, was) in before)
        {
            var now = counts.ContainsKey(address);
            if (now != was) changed(address, now);
        }
        if (before.Count > MostKept) before = [];
        else before.Clear();
    }
}
