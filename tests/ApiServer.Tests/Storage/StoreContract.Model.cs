using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Tests.Storage;

public abstract partial class StoreContract
{
    private const int ModelSteps = 400;

    private static readonly string[] ModelKeys = ["a", "a/b", "a-b", "b", "b/0", "b/1", "c"];

    [Fact]
    public async Task Random_transactions_do_what_a_dictionary_does()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var model = new StoreModel();
        var before = await Store.CurrentRevisionAsync(Token);
        await using var watch = new WatchRecorder(Store, Prefix, before);
        try
        {
            for (var step = 0; step < ModelSteps; step++)
            {
                await CompareCommitAsync(model, RandomTransaction(random, model, step));
                await CompareRangeAsync(model, RandomRange(random, model));
            }

            await CompareWatchAsync(model, watch);
            await using var replay = new WatchRecorder(Store, Prefix, before);
            await CompareWatchAsync(model, replay);
            await CompareCompactionAsync(model, random);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"with seed {seed}: {e.Message}", e);
        }
    }

    private StoreTransaction RandomTransaction(Random random, StoreModel model, int step)
    {
        var conditions = random.GetItems(ModelKeys, random.Next(4)).Distinct().Select(name => new StoreCondition(
            Key(name),
            random.Next(8) switch { 0 => 0, 1 => model.ModRevision(Key(name)) + 1, _ => model.ModRevision(Key(name)) }));
        var operations = random.GetItems(ModelKeys, random.Next(4)).Distinct().Select(name =>
            random.Next(3) == 0 ? StoreOperation.Delete(Key(name)) : StoreOperation.Put(Key(name), Bytes($"{step}")));
        return new StoreTransaction([.. conditions], [.. operations]);
    }

    private RangeRequest RandomRange(Random random, StoreModel model)
    {
        var names = random.GetItems(ModelKeys, 2).Order(StringComparer.Ordinal).ToArray();
        var revision = model.History.Count > 0 && random.Next(2) == 0 ? model.History.Keys.ElementAt(random.Next(model.History.Count)) : 0;
        return random.Next(2) == 0
            ? All with { Limit = random.Next(5), Revision = revision }
            : new RangeRequest(Key(names[0]), Key(names[1]), random.Next(3), revision);
    }

    private async Task CompareCommitAsync(StoreModel model, StoreTransaction transaction)
    {
        var result = await Store.CommitAsync(transaction, Token);

        Assert.Equal(transaction.Conditions.All(model.Holds), result.Succeeded);
        if (!result.Succeeded)
        {
            var expected = transaction.Conditions.Select(condition => model.Now.GetValueOrDefault(condition.Key));
            Assert.Equal(expected, result.Current.Select(value => value is null ? null : Entry(value)));
        }
        else if (model.Changes(transaction.Operations))
        {
            Assert.True(model.History.Count == 0 || result.Revision > model.History.Keys.Last(), "the revision did not rise");
            model.Apply(transaction.Operations, result.Revision, Text);
        }
    }

    private async Task CompareRangeAsync(StoreModel model, RangeRequest request)
    {
        var content = request.Revision == 0 ? model.Now : model.History[request.Revision];
        var expected = content.Where(pair =>
            string.CompareOrdinal(pair.Key, request.Start) >= 0 && string.CompareOrdinal(pair.Key, request.End) < 0).ToList();

        var range = await Store.RangeAsync(request, Token);

        Assert.Equal(expected.Count, range.Count);
        Assert.Equal(
            expected.Take(request.Limit == 0 ? int.MaxValue : request.Limit).Select(pair => (pair.Key, pair.Value)),
            range.Values.Select(value => (value.Key, Entry(value))));
    }

    // Applying the changes one revision after the other must lead through every content that the model had.
    private async Task CompareWatchAsync(StoreModel model, WatchRecorder watch)
    {
        var last = model.History.Keys.Last();
        await Store.RequestProgressAsync(Token);
        await watch.ProgressAsync(last);
        watch.AssertOrdered();
        var content = new SortedDictionary<string, StoreModel.Entry>(StringComparer.Ordinal);
        foreach (var batch in watch.Batches.Where(batch => batch.Events.Count > 0))
        {
            foreach (var change in batch.Events)
            {
                Assert.Equal(content.GetValueOrDefault(change.Key), change.Previous is { } previous ? Entry(previous) : null);
                content.Remove(change.Key);
                if (change.Value is { } value)
                {
                    content.Add(change.Key, new StoreModel.Entry(Text(value), change.Revision, change.CreateRevision));
                }
            }

            Assert.Equal<IEnumerable<KeyValuePair<string, StoreModel.Entry>>>(model.History[batch.Revision], content);
        }

        Assert.Equal<IEnumerable<KeyValuePair<string, StoreModel.Entry>>>(model.Now, content);
    }

    private async Task CompareCompactionAsync(StoreModel model, Random random)
    {
        var revisions = model.History.Keys.ToList();
        var middle = revisions[random.Next(1, revisions.Count)];
        await Store.CompactAsync(middle, Token);
        await Assert.ThrowsAsync<CompactedException>(() => CompareRangeAsync(model, All with { Revision = revisions[0] }));
        foreach (var revision in revisions.Where(revision => revision >= middle))
        {
            await CompareRangeAsync(model, All with { Revision = revision });
        }
    }

    private static StoreModel.Entry Entry(StoreValue value) => new(Text(value.Value), value.ModRevision, value.CreateRevision);
}
