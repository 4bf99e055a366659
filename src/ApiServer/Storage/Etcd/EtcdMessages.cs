using System.Text;
using Google.Protobuf;
using MiniK8s.ApiServer.Storage.Etcd.Messages;

namespace MiniK8s.ApiServer.Storage.Etcd;

/// <summary>Translates between the store's records and etcd's messages.</summary>
internal static class EtcdMessages
{
    internal static ByteString Bytes(string key) => ByteString.CopyFrom(key, Encoding.UTF8);

    internal static StoreValue Value(KeyValue kv) => new(kv.Key.ToStringUtf8(), kv.Value.Memory, kv.ModRevision, kv.CreateRevision);

    /// <summary>A transaction; where it loses, it reads the keys of its conditions, in their order.</summary>
    internal static TxnRequest Txn(StoreTransaction transaction)
    {
        var request = new TxnRequest();
        foreach (var condition in transaction.Conditions)
        {
            var key = Bytes(condition.Key);
            request.Compare.Add(new Compare { Target = Compare.Types.Target.Mod, Key = key, ModRevision = condition.ModRevision });
            request.Failure.Add(new RequestOp { Range = new Messages.RangeRequest { Key = key } });
        }

        foreach (var operation in transaction.Operations)
        {
            request.Success.Add(Operation(operation));
        }

        return request;
    }

    /// <summary>The outcome of a transaction that <see cref="Txn"/> made. Inner transactions carry no revision; the outer one's is theirs.</summary>
    internal static CommitResult Result(TxnResponse response, long revision) => response.Succeeded
        ? new CommitResult(true, revision, [])
        : new CommitResult(false, revision, [.. response.Responses.Select(read => read.Range.Kvs is [var kv] ? Value(kv) : null)]);

    internal static StoreEvent Event(Event change)
    {
        var previous = change.PrevKv is { } kv ? Value(kv) : null;
        var key = change.Kv.Key.ToStringUtf8();
        return change.Type == Messages.Event.Types.Type.Delete
            ? new StoreEvent(key, null, previous, change.Kv.ModRevision, 0)
            : new StoreEvent(key, change.Kv.Value.Memory, previous, change.Kv.ModRevision, change.Kv.CreateRevision);
    }

    private static RequestOp Operation(StoreOperation operation)
    {
        var key = Bytes(operation.Key);
        return operation.Value is { } value
            ? new RequestOp { Put = new PutRequest { Key = key, Value = UnsafeByteOperations.UnsafeWrap(value) } }
            : new RequestOp { Delete = new DeleteRangeRequest { Key = key } };
    }
}
