using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Tests.Http;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Time;

namespace MiniK8s.ApiServer.Tests.Hosting;

public sealed class ServerLoopsTests
{
    [Fact]
    public async Task History_is_kept_for_one_interval_and_then_forgotten()
    {
        var clock = new ManualClock();
        await using var api = await TestApi.StartAsync(clock: clock);
        await api.CreateConfigMapAsync("a");
        var early = await api.Store.CurrentRevisionAsync();
        clock.Advance(TimeSpan.FromMinutes(5));
        await api.CreateConfigMapAsync("b");
        var late = await api.Store.CurrentRevisionAsync();
        Assert.True(await CanReadAsync(early));

        // The second tick forgets what the first one saw; a further change makes the revision seen one of the past.
        await api.CreateConfigMapAsync("c");
        clock.Advance(TimeSpan.FromMinutes(5));
        clock.Advance(TimeSpan.FromMinutes(5));
        await Eventually.TrueAsync(async () => !await CanReadAsync(early), "the history before the first tick is compacted away");
        await Eventually.TrueAsync(async () => await CanReadAsync(await api.Store.CurrentRevisionAsync()), "the present stays");
        Assert.True(late > early);

        async Task<bool> CanReadAsync(long revision)
        {
            try
            {
                await api.Store.RangeAsync(new RangeRequest("/registry/", StoreKeys.PrefixEnd("/registry/"), 0, revision));
                return true;
            }
            catch (CompactedException)
            {
                return false;
            }
        }
    }
}
