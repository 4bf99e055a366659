using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Rest;

namespace MiniK8s.ControllerManager.Facts;

/// <summary>Deletion of exactly the object that was looked at.</summary>
internal static class Deletions
{
    /// <summary>
    /// Deletes the object unless another one has its name by now; that it is gone already is no failure.
    /// </summary>
    /// <param name="client">The API.</param>
    /// <param name="value">The object.</param>
    /// <param name="graceSeconds">How long it may take to end; null leaves it to the object.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public static async Task DeleteExactlyAsync<T>(this IApiClient client, T value, long? graceSeconds, CancellationToken cancellationToken) where T : class, IResource<T>
    {
        var metadata = value.Metadata;
        var options = new DeleteOptions { GracePeriodSeconds = graceSeconds, Preconditions = new Preconditions { Uid = metadata.Uid } };
        try
        {
            await client.DeleteAsync<T>(T.Info.Namespaced ? metadata.Namespace : null, metadata.Name ?? "", options, cancellationToken);
        }
        catch (ApiException refusal) when (refusal.IsNotFound || refusal.IsConflict)
        {
            // Gone, or replaced by an object of the same name, which is none of this caller's business.
        }
    }
}
