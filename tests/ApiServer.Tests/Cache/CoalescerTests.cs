using MiniK8s.ApiServer.Cache;

namespace MiniK8s.ApiServer.Tests.Cache;

public sealed class CoalescerTests
{
    [Fact]
    public async Task Those_who_ask_during_a_call_share_the_next_one()
    {
        var calls = new List<TaskCompletionSource<int>>();
        var coalescer = new Coalescer<int>(() =>
        {
            calls.Add(new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
            return calls[^1].Task;
        });
        var token = TestContext.Current.CancellationToken;
        var first = coalescer.GetAsync(token);
        var second = coalescer.GetAsync(token);
        var third = coalescer.GetAsync(token);
        Assert.Single(calls);
        calls[0].SetResult(1);
        Assert.Equal(1, await first);
        await TestKit.Eventually.TrueAsync(() => calls.Count == 2, "the shared call begins");
        calls[1].SetResult(2);
        var shared = await Task.WhenAll(second, third);
        Assert.Equal([2, 2], shared);
        Assert.Equal(2, calls.Count);
    }

    [Fact]
    public async Task A_failed_call_fails_those_who_shared_it_and_no_later_one()
    {
        var number = 0;
        var coalescer = new Coalescer<int>(() => ++number == 1 ? Task.FromException<int>(new IOException("away")) : Task.FromResult(number));
        await Assert.ThrowsAsync<IOException>(() => coalescer.GetAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, await coalescer.GetAsync(TestContext.Current.CancellationToken));
    }
}
