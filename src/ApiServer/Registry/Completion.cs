using System.Globalization;
using System.Text.Json;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Serialization;
using MiniK8s.ApiServer.Cache;

namespace MiniK8s.ApiServer.Registry;

/// <summary>
/// The last step of a write: an object that a controller has yet to complete, such as a Service without its address, is waited for, so
/// that the answer is what clients expect of Kubernetes. The wait is bounded; after it the answer is the object as it is, with a
/// warning.
/// </summary>
internal sealed class Completion<T>(RegistryParts<T> parts) where T : class, IResource<T>
{
    /// <summary>The completed object, or the given one after the wait.</summary>
    /// <param name="value">The object as it was written.</param>
    /// <param name="json">Its bytes.</param>
    /// <param name="revision">The revision of the write.</param>
    /// <param name="warnings">Gets a text when nobody completed it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<ReadOnlyMemory<byte>> WaitAsync(
        T value, ReadOnlyMemory<byte> json, long revision, List<string> warnings, CancellationToken cancellationToken)
    {
        var wait = parts.Surroundings.CompletionWait;
        if (parts.Kind.IsComplete(value) || wait <= TimeSpan.Zero) return json;
        using var deadline = new CancellationTokenSource(wait, parts.Surroundings.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await FollowAsync(value, json, revision, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{parts.Kind.Info.Kind} \"{value.Metadata.Name}\" is stored, but no controller completed it within {wait.TotalSeconds:0.###} s; is the controller manager running?"));
            return json;
        }
    }

    private async Task<ReadOnlyMemory<byte>> FollowAsync(T value, ReadOnlyMemory<byte> json, long revision, CancellationToken cancellationToken)
    {
        var key = Api.ObjectKey.Of(value).ToString();
        try
        {
            using var watch = parts.Reader.Cache.Subscribe(new ObjectFilter(value.Metadata.Namespace ?? "", found => found.Key == key), revision);
            foreach (var item in watch.Backlog)
            {
                if (Settled(item, value) is { } settled) return settled;
            }

            await foreach (var item in watch.Items.ReadAllAsync(cancellationToken))
            {
                if (Settled(item, value) is { } settled) return settled;
            }
        }
        catch (ApiException problem) when (problem.IsGone)
        {
            // So much happened meanwhile that the history is gone: the object is answered as it was written.
        }

        return json;
    }

    /// <summary>The final bytes when the change completes the object or ends it; null to go on.</summary>
    private ReadOnlyMemory<byte>? Settled(WatchItem item, T written)
    {
        if (item.Type is null) return null;
        if (item.Type == ChangeType.Deleted) return item.Object.Json;
        try
        {
            var now = ApiSerializer.Deserialize<T>(item.Object.Json.Span);
            return now.Metadata.Uid != written.Metadata.Uid || parts.Kind.IsComplete(now) ? item.Object.Json : default(ReadOnlyMemory<byte>?);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
