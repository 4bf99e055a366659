using MiniK8s.Proxy.Sync;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tests.Kit.Nft;

namespace MiniK8s.Proxy.Tests.Nftables;

/// <summary>However a model came about, its table does the same; and the kernel takes every step there.</summary>
public sealed class NftRandomEditTests(ITestOutputHelper output)
{
    private const int Edits = 10_000;
    private const int ComparedEvery = 250;
    private const int Services = 12;

    [Fact]
    public async Task Ten_thousand_edits_applied_one_after_the_other_equal_the_table_from_scratch()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var objects = new RandomObjects(random, Services);
        var world = new NftWorld();
        Assert.True(world.Sync().IsFull);
        for (var edit = 1; edit <= Edits; edit++)
        {
            objects.Edit(world);
            var isCompared = edit % ComparedEvery == 0;
            // Sometimes several edits travel together, as they do when a sync takes its time.
            if (!isCompared && random.Next(4) == 0) continue;
            var report = Sync(world, $"edit {edit} of seed {seed}");
            if (!isCompared) continue;
            if (report.Rules.Count > 0) Assert.Equal([world.Table.Sets.Values.Sum(set => (long)set.Elements.Count), world.Table.Chains.Count], report.Rules.Select(rule => rule.Total));
            Assert.True(NormalTable.Of(world.FromScratch()) == NormalTable.Of(world.Table), $"differs after edit {edit} of seed {seed}");
        }
        Assert.Null(await world.Backend.CheckAsync(isThorough: true, CancellationToken.None));
    }

    private static SyncReport Sync(NftWorld world, string when)
    {
        try
        {
            var report = world.Sync();
            Assert.False(report.IsFull, $"everything was written at {when}");
            return report;
        }
        catch (MiniK8s.Proxy.Nftables.NftException e)
        {
            throw new InvalidOperationException($"refused at {when}", e);
        }
    }
}
