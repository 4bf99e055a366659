using System.Threading.Channels;
using MiniK8s.ApiServer.Storage.Etcd.Grpc;

namespace MiniK8s.ApiServer.Storage.Etcd;

/// <summary>
/// Sends commits in groups. A commit that finds a sender idle goes out at once and alone; what queues up while all senders wait
/// for etcd travels together.
/// </summary>
internal sealed class EtcdCommitter : IAsyncDisposable
{
    /// <summary>Groups in flight: enough to keep etcd's log busy while answers travel, few enough for groups to fill.</summary>
    private const int Senders = 4;

    private readonly EtcdClient _client;
    private readonly Channel<EtcdPending> _queue = Channel.CreateUnbounded<EtcdPending>();
    private readonly Task[] _senders;

    internal EtcdCommitter(EtcdClient client)
    {
        _client = client;
        _senders = [.. Enumerable.Range(0, Senders).Select(_ => Task.Run(SendAsync))];
    }

    internal Task<CommitResult> CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken)
    {
        var pending = new EtcdPending(transaction, cancellationToken);
        return _queue.Writer.TryWrite(pending) ? pending.Answer : throw new StoreUnavailableException("the connection to etcd has been closed");
    }

    /// <summary>Sends what is queued and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAll(_senders);
    }

    private async Task SendAsync()
    {
        EtcdPending? next = null;
        while (next is not null || await _queue.Reader.WaitToReadAsync())
        {
            var group = new EtcdGroup();
            next = Fill(group, next);
            if (group.Members.Count > 0)
            {
                await SendAsync(group);
            }
        }
    }

    // Returns a commit that was taken from the queue but must not travel with this group; it begins the next one.
    private EtcdPending? Fill(EtcdGroup group, EtcdPending? first)
    {
        if (first is not null)
        {
            group.TryAdd(first);
        }

        while (!group.IsFull && _queue.Reader.TryRead(out var pending))
        {
            if (!pending.IsAbandoned && !group.TryAdd(pending))
            {
                return pending;
            }
        }

        return null;
    }

    private async Task SendAsync(EtcdGroup group)
    {
        try
        {
            group.Complete(await _client.TxnAsync(group.Request(), CancellationToken.None));
        }
        catch (GrpcException) when (group.Members.Count > 1)
        {
            // etcd refused the whole because of one of them and did nothing; each for itself finds out which.
            foreach (var member in group.Members)
            {
                var alone = new EtcdGroup();
                alone.TryAdd(member);
                await SendAsync(alone);
            }
        }
        catch (Exception e)
        {
            group.Members.ForEach(member => member.Fail(Refusal(e)));
        }
    }

    // etcd refuses requests over --max-request-bytes as invalid; those over the transport's own limit, half a megabyte more, never
    // reach it and come back as "exhausted", as does a full disk.
    private static bool IsInvalid(GrpcException e) =>
        e.Status == GrpcStatus.InvalidArgument
        || (e.Status == GrpcStatus.ResourceExhausted && e.Message.Contains("larger than max", StringComparison.Ordinal));

    private static Exception Refusal(Exception cause) => cause switch
    {
        GrpcException e when IsInvalid(e) => new ArgumentException($"etcd refuses the transaction: {e.Message}", e),
        GrpcException e => new StoreUnavailableException($"etcd refuses writes: {e.Message}", e),
        StoreUnavailableException e => e,
        var e => new StoreUnavailableException($"the commit failed: {e.Message}", e),
    };
}
