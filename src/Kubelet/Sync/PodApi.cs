using System.Collections.Concurrent;
using System.Globalization;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Client.Rest;

namespace MiniK8s.Kubelet.Sync;

/// <summary>What the kubelet writes to the API about pods, and the newest version that it knows of each.</summary>
internal sealed class PodApi(IApiClient client)
{
    private const int Tries = 4;

    // The cache learns of our own writes only after a round trip; until then the answer to the write is the newer truth.
    private readonly ConcurrentDictionary<string, Pod> written = new();

    /// <summary>The newer one of the cache's pod and what the last write answered.</summary>
    public Pod Newest(Pod cached)
    {
        if (!written.TryGetValue(cached.Metadata.Uid ?? "", out var own)) return cached;
        return Version(own) > Version(cached) ? own : cached;
    }

    /// <summary>
    /// Writes the status that <paramref name="build"/> makes of the pod, unless it shows it already. Somebody else's write in
    /// between is read, and the status built anew.
    /// </summary>
    public async Task WriteStatusAsync(Pod pod, Func<Pod, PodStatus> build, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var wanted = pod with { Status = build(pod) };
            if (ApiSerializer.AreEqual(pod, wanted)) return;
            try
            {
                var answer = await client.UpdateAsync(wanted, "status", cancellationToken);
                written[answer.Metadata.Uid ?? ""] = answer;
                return;
            }
            catch (ApiException error) when (error.IsConflict && attempt < Tries)
            {
                var uid = pod.Metadata.Uid;
                pod = await client.GetAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name!, cancellationToken);
                if (pod.Metadata.Uid != uid) return;
            }
            catch (ApiException error) when (error.IsNotFound)
            {
                return;
            }
        }
    }

    /// <summary>Removes the pod from the API: its containers are gone. Only this very pod, not one that took its name since.</summary>
    public async Task ConfirmDeletionAsync(Pod pod, CancellationToken cancellationToken)
    {
        written.TryRemove(pod.Metadata.Uid ?? "", out _);
        try
        {
            await client.DeleteAsync<Pod>(
                pod.Metadata.Namespace, pod.Metadata.Name!,
                new DeleteOptions { GracePeriodSeconds = 0, Preconditions = new Preconditions { Uid = pod.Metadata.Uid } },
                cancellationToken);
        }
        catch (ApiException error) when (error.IsNotFound || error.IsConflict)
        {
            // Gone already, or another pod has the name: both are what was wanted.
        }
    }

    /// <summary>Forgets a pod that is gone.</summary>
    public void Forget(string uid) => written.TryRemove(uid, out _);

    private static long Version(Pod pod) =>
        long.TryParse(pod.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
