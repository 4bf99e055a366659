using MiniK8s.Client.Feeds;

namespace MiniK8s.Client.Tests.Contract;

public sealed class WatchFeedTests : FeedContract
{
    private protected override Task<IChangeFeed> OpenAsync(TestCluster cluster) =>
        Task.FromResult<IChangeFeed>(new WatchFeed(cluster.Client, options: Quick));

    private protected override Task CloseAsync() => Task.CompletedTask;
}
