using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Rest;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.Namespaces;

/// <summary>The objects of one kind in a namespace, for code that empties namespaces and knows no kinds.</summary>
internal interface INamespaceContent
{
    /// <summary>Begins the deletion of all objects, and says what is left; null when nothing is.</summary>
    Task<RemainingContent?> DeleteAllAsync(IApiClient client, string @namespace, CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class NamespaceContent<T> : INamespaceContent where T : class, IResource<T>
{
    private const int Parallel = 8;

    /// <inheritdoc/>
    public async Task<RemainingContent?> DeleteAllAsync(IApiClient client, string @namespace, CancellationToken cancellationToken)
    {
        var found = await ListAsync(client, @namespace, cancellationToken);
        if (found.Count == 0) return null;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken };
        await System.Threading.Tasks.Parallel.ForEachAsync(
            found.Where(o => o.Metadata.DeletionTimestamp is null), options,
            async (value, token) => await client.DeleteExactlyAsync(value, null, token));

        var left = await ListAsync(client, @namespace, cancellationToken);
        return left.Count == 0 ? null
            : new RemainingContent(T.Info.GroupResource, left.Count, left.SelectMany(o => o.Metadata.Finalizers).CountBy(f => f).ToDictionary());
    }

    private static async Task<IReadOnlyList<T>> ListAsync(IApiClient client, string @namespace, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.ListAsync<T>(@namespace, cancellationToken: cancellationToken)).Items;
        }
        catch (ApiException refusal) when (refusal.IsNotFound)
        {
            return []; // A server that does not serve the kind has none of it.
        }
    }
}
