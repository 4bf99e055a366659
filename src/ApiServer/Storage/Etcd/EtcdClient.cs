using Google.Protobuf;
using MiniK8s.ApiServer.Storage.Etcd.Grpc;
using MiniK8s.ApiServer.Storage.Etcd.Messages;

namespace MiniK8s.ApiServer.Storage.Etcd;

/// <summary>Calls the members of a cluster: one at a time, the next one when it fails.</summary>
internal sealed class EtcdClient : IDisposable
{
    private const string RangeMethod = "/etcdserverpb.KV/Range";
    private const string TxnMethod = "/etcdserverpb.KV/Txn";
    private const string CompactMethod = "/etcdserverpb.KV/Compact";
    private const string WatchMethod = "/etcdserverpb.Watch/Watch";
    private const string StatusMethod = "/etcdserverpb.Maintenance/Status";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<IGrpcChannel> _channels;
    private int _preferred;
    private volatile bool _closed;

    internal EtcdClient(IReadOnlyList<IGrpcChannel> channels, TimeSpan timeout, TimeProvider clock)
    {
        _channels = channels;
        _timeout = timeout;
        _clock = clock;
    }

    /// <summary>A client of the members that the options name; connects when first used.</summary>
    internal static EtcdClient Create(EtcdOptions options, TimeProvider clock)
    {
        options.Validate();
        IGrpcChannel[] channels = [.. options.Endpoints.Select(endpoint => new HttpGrpcChannel(endpoint, EtcdTransport.Create(options), clock))];
        return new EtcdClient(channels, options.RequestTimeout, clock);
    }

    /// <summary>A linearizable read.</summary>
    internal Task<RangeResponse> RangeAsync(Messages.RangeRequest request, CancellationToken cancellationToken) =>
        CallAsync<RangeResponse>(RangeMethod, request, repeatable: true, cancellationToken);

    /// <summary>A transaction; it is sent twice only where it surely did not arrive the first time.</summary>
    internal Task<TxnResponse> TxnAsync(TxnRequest request, CancellationToken cancellationToken) =>
        CallAsync<TxnResponse>(TxnMethod, request, repeatable: false, cancellationToken);

    internal Task<CompactionResponse> CompactAsync(CompactionRequest request, CancellationToken cancellationToken) =>
        CallAsync<CompactionResponse>(CompactMethod, request, repeatable: true, cancellationToken);

    /// <summary>Opens a watch stream on the member in favour; tells that member's version, and its number for <see cref="Avoid"/>.</summary>
    internal async Task<(IGrpcDuplex<WatchResponse> Stream, EtcdVersion Version, int Member)> WatchAsync(WatchRequest create, CancellationToken cancellationToken)
    {
        var channel = Preferred(out var index);
        try
        {
            var status = await channel.UnaryAsync<StatusResponse>(StatusMethod, new StatusRequest(), _timeout, cancellationToken);
            var stream = await channel.DuplexAsync<WatchResponse>(WatchMethod, create, cancellationToken);
            return (stream, EtcdVersion.Parse(status.Version), index);
        }
        catch (GrpcException)
        {
            Avoid(index);
            throw;
        }
    }

    /// <summary>Makes the next call go to another member. Of several callers that saw the same member fail, one moves on.</summary>
    internal void Avoid(int member) => Interlocked.CompareExchange(ref _preferred, (member + 1) % _channels.Count, member);

    public void Dispose()
    {
        _closed = true;
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }
    }

    private async Task<TResponse> CallAsync<TResponse>(string method, IMessage request, bool repeatable, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>, new()
    {
        var start = _clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var channel = Preferred(out var index);
            try
            {
                return await channel.UnaryAsync<TResponse>(method, request, AttemptTimeout(start, repeatable), cancellationToken);
            }
            catch (GrpcException e) when (IsOutage(e))
            {
                Avoid(index);
                if (_closed || (!repeatable && !e.NeverSent) || Remaining(start) <= pause)
                {
                    throw new StoreUnavailableException($"etcd is not available: {e.Message}", e);
                }
            }

            await Task.Delay(pause, _clock, cancellationToken);
        }
    }

    private static bool IsOutage(GrpcException e) =>
        e.Status is GrpcStatus.Unavailable or GrpcStatus.DeadlineExceeded or GrpcStatus.Cancelled or GrpcStatus.Internal or GrpcStatus.Unknown;

    // A member that is there but does not answer must leave time for another one.
    private TimeSpan AttemptTimeout(long start, bool repeatable) => Remaining(start) / (repeatable && _channels.Count > 1 ? 2 : 1);

    private TimeSpan Remaining(long start)
    {
        var remaining = _timeout - _clock.GetElapsedTime(start);
        return remaining > TimeSpan.FromMilliseconds(1) ? remaining : TimeSpan.FromMilliseconds(1);
    }

    private IGrpcChannel Preferred(out int index)
    {
        if (_closed)
        {
            throw new StoreUnavailableException("the connection to etcd has been closed");
        }

        index = Volatile.Read(ref _preferred);
        return _channels[index];
    }
}
