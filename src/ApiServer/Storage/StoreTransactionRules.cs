namespace MiniK8s.ApiServer.Storage;

/// <summary>What every store refuses in a transaction before it looks at its data.</summary>
internal static class StoreTransactionRules
{
    /// <summary>Throws when a key is empty or is changed twice: the outcome would depend on an order that a revision does not have.</summary>
    internal static void Check(StoreTransaction transaction)
    {
        var operations = transaction.Operations;
        foreach (var condition in transaction.Conditions)
        {
            ArgumentException.ThrowIfNullOrEmpty(condition.Key, nameof(transaction));
        }

        foreach (var operation in operations)
        {
            ArgumentException.ThrowIfNullOrEmpty(operation.Key, nameof(transaction));
        }

        if (operations.Count > 1 && operations.GroupBy(operation => operation.Key).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"the transaction changes '{twice.Key}' {twice.Count()} times; a key may appear in one operation only", nameof(transaction));
        }
    }
}
