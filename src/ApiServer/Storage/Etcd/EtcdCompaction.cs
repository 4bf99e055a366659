using MiniK8s.ApiServer.Storage.Etcd.Grpc;
using MiniK8s.ApiServer.Storage.Etcd.Messages;

namespace MiniK8s.ApiServer.Storage.Etcd;

/// <summary>Compaction, and the errors that it leads to.</summary>
internal sealed class EtcdCompaction(EtcdClient client)
{
    /// <summary>Whether this is etcd's error for a revision that has been compacted away.</summary>
    internal static bool IsCompacted(GrpcException e) =>
        e.Status == GrpcStatus.OutOfRange && e.Message.Contains("has been compacted", StringComparison.Ordinal);

    /// <summary>Whether this is etcd's error for a revision that it has not reached.</summary>
    internal static bool IsFuture(GrpcException e) =>
        e.Status == GrpcStatus.OutOfRange && e.Message.Contains("future revision", StringComparison.Ordinal);

    /// <summary>Compacts; that somebody has done so already is no error.</summary>
    internal async Task CompactAsync(long revision, CancellationToken cancellationToken)
    {
        try
        {
            await client.CompactAsync(new CompactionRequest { Revision = revision }, cancellationToken);
        }
        catch (GrpcException e) when (IsCompacted(e))
        {
            // Done before, up to here or further.
        }
    }

    /// <summary>The revision to which the store is compacted. etcd tells it in one place only: a watch that begins too early.</summary>
    internal async Task<long> RevisionAsync(CancellationToken cancellationToken)
    {
        var create = new WatchCreateRequest { Key = EtcdMessages.Bytes("\0"), StartRevision = 1 };
        var (stream, _, _) = await client.WatchAsync(new WatchRequest { Create = create }, cancellationToken);
        await using (stream)
        {
            while (true)
            {
                var response = await stream.ReadAsync(cancellationToken);
                if (response.CompactRevision > 0)
                {
                    return response.CompactRevision;
                }
            }
        }
    }
}
