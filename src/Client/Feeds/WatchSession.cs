using System.Globalization;
using System.Runtime.CompilerServices;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Rest;

namespace MiniK8s.Client.Feeds;

/// <summary>
/// What one reader of a <see cref="WatchFeed"/> has seen so far, and how it goes on from there: the automaton of kube-rs'
/// watcher. Without a version it lists, page by page; with one it watches from there. Any failure leaves the version where it is;
/// only a version that is too old is forgotten.
/// </summary>
internal sealed class WatchSession<T>(IApiClient client, FeedScope scope, WatchFeedOptions options, TimeProvider clock)
    where T : class, IResource<T>
{
    /// <summary>The version up to which everything was delivered; null when the next step must list.</summary>
    internal string? Version { get; private set; }

    /// <summary>Lists if need be and then follows one watch to its end. Throws what the client throws.</summary>
    internal async IAsyncEnumerable<FeedEvent<T>> StepAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Version is null)
        {
            await foreach (var item in ListAsync(cancellationToken))
            {
                yield return item;
            }
        }

        await foreach (var item in WatchAsync(cancellationToken))
        {
            yield return item;
        }
    }

    /// <summary>Forgets the version, so that the next step lists.</summary>
    internal void Forget() => Version = null;

    /// <summary>Lists alone.</summary>
    internal async IAsyncEnumerable<FeedEvent<T>> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // No resourceVersion: the newest state. Anything older could take a reader back in time after a server's restart
        // (kubernetes/kubernetes 59848). The pages after the first show the same revision.
        yield return new FeedEvent<T>.Init();
        var query = new ListQuery { LabelSelector = scope.LabelSelector, FieldSelector = scope.FieldSelector, Limit = options.PageSize };
        while (true)
        {
            var page = await client.ListAsync<T>(scope.Namespace, query, cancellationToken);
            foreach (var item in page.Items)
            {
                yield return new FeedEvent<T>.InitApply(item);
            }

            if (string.IsNullOrEmpty(page.Metadata.Continue))
            {
                Version = page.Metadata.ResourceVersion;
                yield return new FeedEvent<T>.InitDone(Revision(Version));
                yield break;
            }

            query = query with { Continue = page.Metadata.Continue };
        }
    }

    private async IAsyncEnumerable<FeedEvent<T>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(options.IdleLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        var query = new ListQuery
        {
            LabelSelector = scope.LabelSelector,
            FieldSelector = scope.FieldSelector,
            ResourceVersion = Version,
            Timeout = options.WatchTime * (1 + Random.Shared.NextDouble()),
        };
        await using var changes = client.WatchAsync<T>(scope.Namespace, query, either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync(changes, idle, cancellationToken))
        {
            idle.CancelAfter(options.IdleLimit);
            RefuseThePast(changes.Current.Object.Metadata.ResourceVersion);
            if (Translate(changes.Current) is { } item)
            {
                yield return item;
            }

            // After the consumer took it: what was not taken is asked for again.
            Version = changes.Current.Object.Metadata.ResourceVersion ?? Version;
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<WatchEvent<T>> changes, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        try
        {
            return await changes.MoveNextAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException
            && idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"the watch of {T.Info.Plural} was silent for {options.IdleLimit.TotalSeconds:0} s", e);
        }
    }

    private static FeedEvent<T>? Translate(WatchEvent<T> change) => change.Type switch
    {
        WatchEventTypes.Added or WatchEventTypes.Modified => new FeedEvent<T>.Apply(change.Object) { Time = change.Received },
        WatchEventTypes.Deleted => new FeedEvent<T>.Delete(change.Object.Metadata.Namespace ?? "", change.Object.Metadata.Name ?? "") { Time = change.Received },
        WatchEventTypes.Bookmark => null,
        _ => throw new HttpRequestException($"the watch of {T.Info.Plural} sent an event of type '{change.Type}'"),
    };

    // Versions of a watch only grow. A lower one means that the server's store began anew (restored, or emptied): what was seen is void.
    private void RefuseThePast(string? version)
    {
        if (version is not null && Revision(version) is var now && Version is not null && now < Revision(Version))
        {
            var seen = Version;
            Forget();
            throw new HttpRequestException($"the watch of {T.Info.Plural} went back from version {seen} to {now}");
        }
    }

    private static long Revision(string? version) =>
        long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw new HttpRequestException($"the list of {T.Info.Plural} has the resourceVersion '{version}', which is no number");

    /// <summary>Whether the failure means that <see cref="Version"/> leads nowhere: the server forgot it, or never had it.</summary>
    internal static bool MakesVersionUseless(Exception failure) =>
        failure is ApiException { IsGone: true } or ApiException { Code: 410 } or ApiException { Code: 400 };
}
