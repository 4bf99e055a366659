using MiniK8s.ApiServer.Storage.Etcd.Messages;

namespace MiniK8s.ApiServer.Storage.Etcd;

/// <summary>A commit that waits to be sent.</summary>
internal sealed class EtcdPending(StoreTransaction transaction, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<CommitResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal StoreTransaction Transaction => transaction;

    internal bool IsAbandoned => cancellationToken.IsCancellationRequested;

    internal Task<CommitResult> Answer => _answer.Task.WaitAsync(cancellationToken);

    internal void Complete(CommitResult result) => _answer.TrySetResult(result);

    internal void Fail(Exception reason) => _answer.TrySetException(reason);
}

/// <summary>
/// Commits that travel as one transaction, each nested in it with its own conditions, so that they share one round of consensus
/// and one sync. etcd compares everything before it changes anything, and puts no key twice in a transaction: no member may
/// change a key that another one changes or compares.
/// </summary>
internal sealed class EtcdGroup
{
    // etcd counts the operations of each level against --max-txn-ops, by default 128, the outer level's against the inner too.
    private const int MostMembers = 64;
    private const int MostOperations = 60;

    // Well below --max-request-bytes, by default 1.5 MiB. A single larger commit travels alone.
    private const int MostBytes = 512 << 10;

    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _compared = new(StringComparer.Ordinal);
    private int _bytes;
    private bool _closed;

    internal List<EtcdPending> Members { get; } = [];

    internal bool IsFull => _closed || Members.Count == MostMembers || _bytes >= MostBytes;

    /// <summary>Adds a commit, unless it must not travel with those that are here. The first one always may.</summary>
    internal bool TryAdd(EtcdPending pending)
    {
        var (conditions, operations) = (pending.Transaction.Conditions, pending.Transaction.Operations);
        var bytes = operations.Sum(operation => operation.Key.Length + (operation.Value?.Length ?? 0));
        var large = bytes > MostBytes || operations.Count > MostOperations || conditions.Count > MostOperations;
        if (Members.Count > 0 && (large || _bytes + bytes > MostBytes || Collides(pending.Transaction)))
        {
            return false;
        }

        _closed = large;
        _bytes += bytes;
        _changed.UnionWith(operations.Select(operation => operation.Key));
        _compared.UnionWith(conditions.Select(condition => condition.Key));
        Members.Add(pending);
        return true;
    }

    /// <summary>The one transaction that carries all members.</summary>
    internal TxnRequest Request()
    {
        if (Members is [var only])
        {
            return EtcdMessages.Txn(only.Transaction);
        }

        var request = new TxnRequest();
        request.Success.AddRange(Members.Select(member => new RequestOp { Txn = EtcdMessages.Txn(member.Transaction) }));
        return request;
    }

    /// <summary>Tells each member its part of the answer.</summary>
    internal void Complete(TxnResponse response)
    {
        var revision = response.Header.Revision;
        for (var i = 0; i < Members.Count; i++)
        {
            Members[i].Complete(EtcdMessages.Result(Members.Count == 1 ? response : response.Responses[i].Txn, revision));
        }
    }

    private bool Collides(StoreTransaction transaction) =>
        transaction.Operations.Any(operation => _changed.Contains(operation.Key) || _compared.Contains(operation.Key))
        || transaction.Conditions.Any(condition => _changed.Contains(condition.Key));
}
