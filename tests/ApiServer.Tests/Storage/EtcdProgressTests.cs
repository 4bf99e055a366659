using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Etcd;
using MiniK8s.ApiServer.Storage.Etcd.Grpc;
using MiniK8s.ApiServer.Storage.Etcd.Messages;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Servers;

namespace MiniK8s.ApiServer.Tests.Storage;

/// <summary>The two ways to progress: a member's own word, where its version is new enough, and the fence elsewhere.</summary>
public sealed class EtcdProgressTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("3.6.0", false)]
    [InlineData("3.4.20", true)]
    public async Task Progress_is_reported_and_costs_a_write_only_on_old_members(string version, bool writes)
    {
        Assert.SkipUnless(EtcdServer.SkipReason is null, EtcdServer.SkipReason ?? "");
        await using var server = await EtcdServer.StartAsync();
        var options = new EtcdOptions { Endpoints = [new Uri(server.ClientUrl)] };
        var channel = new VersionedChannel(new HttpGrpcChannel(options.Endpoints[0], EtcdTransport.Create(options), TimeProvider.System), version);
        await using var store = new EtcdStore(
            new EtcdClient([channel], options.RequestTimeout, TimeProvider.System), TimeProvider.System, NullLogger<EtcdStore>.Instance);
        var put = await store.CommitAsync(new StoreTransaction([], [StoreOperation.Put("/registry/a", new byte[1])]), Token);
        await using var watch = new WatchRecorder(store, "/registry/", put.Revision);

        await watch.ProgressAsync(put.Revision);
        var begun = watch.Batches.Count;
        await store.RequestProgressAsync(Token);
        await Eventually.TrueAsync(() => watch.Batches.Count > begun, "progress is reported again");

        Assert.Empty(watch.Events);
        Assert.Equal(writes, await store.CurrentRevisionAsync(Token) > put.Revision);
        Assert.Single((await store.RangeAsync(new MiniK8s.ApiServer.Storage.RangeRequest("/", "0"), Token)).Values);
    }

    /// <summary>A real channel to a real member that says it is of another version.</summary>
    private sealed class VersionedChannel(IGrpcChannel inner, string version) : IGrpcChannel
    {
        public Uri Endpoint => inner.Endpoint;

        public async Task<TResponse> UnaryAsync<TResponse>(string method, IMessage request, TimeSpan timeout, CancellationToken cancellationToken)
            where TResponse : IMessage<TResponse>, new()
        {
            var response = await inner.UnaryAsync<TResponse>(method, request, timeout, cancellationToken);
            if (response is StatusResponse status)
            {
                status.Version = version;
            }

            return response;
        }

        public Task<IGrpcDuplex<TResponse>> DuplexAsync<TResponse>(string method, IMessage first, CancellationToken cancellationToken)
            where TResponse : IMessage<TResponse>, new() =>
            inner.DuplexAsync<TResponse>(method, first, cancellationToken);

        public void Dispose() => inner.Dispose();
    }
}
