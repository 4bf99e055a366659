namespace MiniK8s.Proxy.Nftables;

/// <summary>Carries over which client was sent where, which only the kernel knows, when a table is made anew.</summary>
internal sealed class AffinityEntries(NftTransaction transaction, NftSet set, int keyLength) : INftVisitor
{
    /// <inheritdoc/>
    public void Chain(string name)
    {
    }

    /// <inheritdoc/>
    public void Rule(string chain, int expressions)
    {
    }

    /// <inheritdoc/>
    public void Element(string name, NftElement element)
    {
        if (element.Key.Length == keyLength && element.Expiration > 0) transaction.AddExpiring(set, element.Key, element.Expiration);
    }
}
