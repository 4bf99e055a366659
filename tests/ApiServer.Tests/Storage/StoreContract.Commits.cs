using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Tests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_created_key_reads_back_with_its_revisions()
    {
        var revision = await PutAsync("a", "1");

        var read = await Store.GetAsync(Key("a"), Token);

        Assert.NotNull(read.Value);
        Assert.Equal("1", Text(read.Value.Value));
        Assert.Equal((Key("a"), revision, revision), (read.Value.Key, read.Value.ModRevision, read.Value.CreateRevision));
        Assert.True(read.Revision >= revision, $"read at {read.Revision}, before the write at {revision}");
    }

    [Fact]
    public async Task An_absent_key_reads_as_null_with_the_stores_revision()
    {
        var revision = await PutAsync("other", "1");

        var read = await Store.GetAsync(Key("absent"), Token);

        Assert.Null(read.Value);
        Assert.True(read.Revision >= revision);
    }

    [Fact]
    public async Task An_empty_value_is_a_value()
    {
        await PutAsync("empty", "");

        Assert.Equal(0, Assert.IsType<StoreValue>((await Store.GetAsync(Key("empty"), Token)).Value).Value.Length);
    }

    [Fact]
    public async Task Bytes_of_every_value_and_a_megabyte_of_them_come_back_unchanged()
    {
        var bytes = Enumerable.Range(0, 1 << 20).Select(i => (byte)(i * 31)).ToArray();
        await CommitAsync([], [StoreOperation.Put(Key("big"), bytes)]);

        Assert.Equal(bytes, (await Store.GetAsync(Key("big"), Token)).Value!.Value.ToArray());
    }

    [Fact]
    public async Task Every_commit_raises_the_revision()
    {
        var first = await PutAsync("a", "1");
        var second = await PutAsync("a", "2");
        var third = await PutAsync("b", "1");

        Assert.True(first < second && second < third, $"{first}, {second}, {third}");
        Assert.True(await Store.CurrentRevisionAsync(Token) >= third);
    }

    [Fact]
    public async Task An_update_keeps_the_create_revision_and_a_recreation_does_not()
    {
        var created = await PutAsync("a", "1");
        var updated = await PutAsync("a", "2");
        var value = (await Store.GetAsync(Key("a"), Token)).Value!;
        Assert.Equal((updated, created), (value.ModRevision, value.CreateRevision));

        await DeleteAsync("a");
        Assert.Null((await Store.GetAsync(Key("a"), Token)).Value);
        var recreated = await PutAsync("a", "3");
        value = (await Store.GetAsync(Key("a"), Token)).Value!;

        Assert.Equal((recreated, recreated), (value.ModRevision, value.CreateRevision));
    }

    [Fact]
    public async Task Create_only_if_absent_succeeds_once_and_tells_the_loser_the_current_value()
    {
        StoreCondition[] absent = [new(Key("a"), 0)];
        var revision = await CommitAsync(absent, [StoreOperation.Put(Key("a"), Bytes("winner"))]);

        var lost = await Store.CommitAsync(new StoreTransaction(absent, [StoreOperation.Put(Key("a"), Bytes("loser"))]), Token);

        Assert.False(lost.Succeeded);
        Assert.True(lost.Revision >= revision);
        var current = Assert.IsType<StoreValue>(Assert.Single(lost.Current));
        Assert.Equal(("winner", revision), (Text(current.Value), current.ModRevision));
        Assert.Equal("winner", Text((await Store.GetAsync(Key("a"), Token)).Value!.Value));
    }

    [Fact]
    public async Task Compare_and_swap_needs_exactly_the_current_revision()
    {
        var first = await PutAsync("a", "1");
        var second = await CommitAsync([new(Key("a"), first)], [StoreOperation.Put(Key("a"), Bytes("2"))]);

        foreach (var wrong in (long[])[0, first, second + 1])
        {
            var lost = await Store.CommitAsync(new StoreTransaction([new(Key("a"), wrong)], [StoreOperation.Delete(Key("a"))]), Token);
            Assert.False(lost.Succeeded, $"revision {wrong} was accepted for {second}");
        }

        await CommitAsync([new(Key("a"), second)], [StoreOperation.Delete(Key("a"))]);
        Assert.Null((await Store.GetAsync(Key("a"), Token)).Value);
    }

    [Fact]
    public async Task A_transaction_writes_all_its_keys_in_one_revision_or_none()
    {
        var taken = await PutAsync("claim/10.96.0.7", "somebody");
        var lost = await Store.CommitAsync(
            new StoreTransaction(
                [new(Key("svc/a"), 0), new(Key("claim/10.96.0.7"), 0), new(Key("claim/30080"), 0)],
                [
                    StoreOperation.Put(Key("svc/a"), Bytes("a")),
                    StoreOperation.Put(Key("claim/10.96.0.7"), Bytes("a")),
                    StoreOperation.Put(Key("claim/30080"), Bytes("a")),
                ]),
            Token);
        Assert.False(lost.Succeeded);
        Assert.Equal([null, taken, null], lost.Current.Select(value => value?.ModRevision));
        Assert.Equal(["claim/10.96.0.7=somebody"], Show(await Store.RangeAsync(All, Token)));

        var won = await CommitAsync(
            [new(Key("svc/a"), 0), new(Key("claim/10.96.0.7"), taken)],
            [StoreOperation.Put(Key("svc/a"), Bytes("a")), StoreOperation.Delete(Key("claim/10.96.0.7")), StoreOperation.Put(Key("claim/10.96.0.8"), Bytes("a"))]);

        var after = await Store.RangeAsync(All, Token);
        Assert.Equal(["claim/10.96.0.8=a", "svc/a=a"], Show(after));
        Assert.All(after.Values, value => Assert.Equal((won, won), (value.ModRevision, value.CreateRevision)));
    }

    [Fact]
    public async Task Deleting_an_absent_key_succeeds_and_changes_nothing()
    {
        var before = await PutAsync("a", "1");

        var revision = await DeleteAsync("absent");

        Assert.True(revision >= before);
        Assert.Equal(["a=1"], Show(await Store.RangeAsync(All, Token)));
    }

    [Fact]
    public async Task Conditions_without_operations_are_a_check()
    {
        var revision = await PutAsync("a", "1");

        Assert.True((await Store.CommitAsync(new StoreTransaction([new(Key("a"), revision)], []), Token)).Succeeded);
        Assert.False((await Store.CommitAsync(new StoreTransaction([new(Key("a"), 0)], []), Token)).Succeeded);
    }

    [Fact]
    public async Task A_key_may_be_changed_once_in_a_transaction()
    {
        var twice = new StoreTransaction([], [StoreOperation.Put(Key("a"), Bytes("1")), StoreOperation.Delete(Key("a"))]);

        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await Store.CommitAsync(twice, Token));

        Assert.Contains(Key("a"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_concurrent_increments_none_is_lost()
    {
        const int Writers = 8;
        const int Each = 25;
        await PutAsync("counter", "0");

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => IncrementAsync(Each), Token)));

        Assert.Equal($"{Writers * Each}", Text((await Store.GetAsync(Key("counter"), Token)).Value!.Value));
    }

    [Fact]
    public async Task Of_concurrent_claims_of_one_key_exactly_one_wins()
    {
        for (var round = 0; round < 10; round++)
        {
            var claim = Key($"claim-{round}");
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(
                async () => await Store.CommitAsync(
                    new StoreTransaction(
                        [new(claim, 0)],
                        [StoreOperation.Put(claim, Bytes($"{writer}")), StoreOperation.Put(Key($"owner-{round}-{writer}"), Bytes("x"))]),
                    Token),
                Token)));

            var winner = Assert.Single(outcomes, outcome => outcome.Succeeded);
            Assert.All(outcomes.Where(outcome => !outcome.Succeeded), lost => Assert.Equal(winner.Revision, lost.Current[0]!.ModRevision));
        }

        var owners = await Store.RangeAsync(new RangeRequest(Key("owner-"), StoreKeys.PrefixEnd(Key("owner-"))), Token);
        Assert.Equal(10, owners.Count);
    }

    [Fact]
    public async Task Two_transactions_that_read_what_the_other_writes_do_not_both_succeed()
    {
        for (var round = 0; round < 20; round++)
        {
            string x = Key($"x{round}"), y = Key($"y{round}");
            var one = Task.Run(async () => await Store.CommitAsync(new StoreTransaction([new(x, 0)], [StoreOperation.Put(y, Bytes("1"))]), Token), Token);
            var two = Task.Run(async () => await Store.CommitAsync(new StoreTransaction([new(y, 0)], [StoreOperation.Put(x, Bytes("2"))]), Token), Token);

            Assert.NotEqual((await one).Succeeded, (await two).Succeeded);
        }
    }

    private async Task IncrementAsync(int times)
    {
        var value = (await Store.GetAsync(Key("counter"), Token)).Value!;
        for (var done = 0; done < times;)
        {
            var next = int.Parse(Text(value.Value), null) + 1;
            var result = await Store.CommitAsync(
                new StoreTransaction([new(Key("counter"), value.ModRevision)], [StoreOperation.Put(Key("counter"), Bytes($"{next}"))]),
                Token);
            done += result.Succeeded ? 1 : 0;
            value = result.Succeeded ? (await Store.GetAsync(Key("counter"), Token)).Value! : result.Current[0]!;
        }
    }
}
