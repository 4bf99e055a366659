namespace MiniK8s.ApiServer.Storage.Etcd;

/// <summary>Reads ranges, and leaves out the fences that may lie in wide ones.</summary>
internal static class EtcdRange
{
    internal static async Task<StoreRange> ReadAsync(EtcdClient client, RangeRequest request, CancellationToken cancellationToken)
    {
        var values = new List<StoreValue>();
        var start = request.Start;
        long? count = null;
        var fences = 0;
        while (true)
        {
            var response = await client.RangeAsync(
                new Messages.RangeRequest
                {
                    Key = EtcdMessages.Bytes(start),
                    RangeEnd = EtcdMessages.Bytes(request.End),
                    Limit = request.Limit == 0 ? 0 : request.Limit - values.Count,
                    Revision = request.Revision,
                },
                cancellationToken);
            count ??= response.Count;
            var read = response.Kvs.Select(EtcdMessages.Value).ToList();
            values.AddRange(read.Where(value => !EtcdFence.Is(value.Key)));
            fences += read.Count(value => EtcdFence.Is(value.Key));

            // Where fences took places of a limited answer, the range goes on behind them.
            if (!response.More || values.Count == request.Limit)
            {
                return new StoreRange(values, response.Header.Revision, count.Value - fences);
            }

            start = read[^1].Key + "\0";
        }
    }
}
