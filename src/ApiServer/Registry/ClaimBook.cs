using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Registry;

/// <summary>Which claims there are, for answers that need not be exact: dry runs show what may be, and claim nothing.</summary>
internal sealed class ClaimBook(IStore store)
{
    /// <summary>Whether a claim is taken, as of now.</summary>
    public async ValueTask<Func<Claim, bool>> ReadAsync(CancellationToken cancellationToken)
    {
        var range = await store.RangeAsync(new RangeRequest(RegistryKeys.Claims, StoreKeys.PrefixEnd(RegistryKeys.Claims)), cancellationToken);
        var taken = range.Values.Select(value => value.Key).ToHashSet();
        return claim => taken.Contains(RegistryKeys.Of(claim));
    }
}
