using System.Text;
using MiniK8s.Api.Declarations;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Registry;

/// <summary>
/// What a write does to claims: it takes those that the object did not have before, and gives back those that it has no more. All in
/// the object's own transaction, so an object never lives without its claims, nor a claim without its object.
/// </summary>
/// <param name="Taken">Claims to take; each must be free, or the object's own already.</param>
/// <param name="Released">Claims to give back.</param>
internal sealed record ClaimPlan(IReadOnlyList<Claim> Taken, IReadOnlyList<Claim> Released)
{
    /// <summary>Nothing to take, nothing to give back.</summary>
    public static ClaimPlan None { get; } = new([], []);

    /// <summary>The difference between what was claimed and what shall be.</summary>
    public static ClaimPlan Between(IReadOnlyList<Claim> before, IReadOnlyList<Claim> after)
    {
        if (before.Count == 0 && after.Count == 0) return None;
        var had = before.Select(claim => claim.Key).ToHashSet();
        var wants = after.Select(claim => claim.Key).ToHashSet();
        return new ClaimPlan(
            [.. after.Where(claim => !had.Contains(claim.Key)).DistinctBy(claim => claim.Key)],
            [.. before.Where(claim => !wants.Contains(claim.Key)).DistinctBy(claim => claim.Key)]);
    }

    /// <summary>The value of a claim's key: <c>resource/namespace/name/uid</c> of its owner.</summary>
    public static string OwnerOf(IResource value, KindInfo info) =>
        $"{info.GroupResource}/{value.Metadata.Namespace}/{value.Metadata.Name}/{value.Metadata.Uid}";

    /// <summary>Adds the claims to a transaction.</summary>
    /// <param name="owner">The value of the keys.</param>
    /// <param name="conditions">Gets one condition for each claim taken, in order.</param>
    /// <param name="operations">Gets the changes.</param>
    /// <param name="held">Claims found to be the object's own already, with the revision at which they were found.</param>
    public void AddTo(string owner, List<StoreCondition> conditions, List<StoreOperation> operations, IReadOnlyDictionary<string, long> held)
    {
        foreach (var claim in Taken)
        {
            var key = RegistryKeys.Of(claim);
            conditions.Add(new StoreCondition(key, held.GetValueOrDefault(key)));
            operations.Add(StoreOperation.Put(key, Encoding.UTF8.GetBytes(owner)));
        }

        foreach (var claim in Released) operations.Add(StoreOperation.Delete(RegistryKeys.Of(claim)));
    }
}
