using MiniK8s.Api;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Caching;
using MiniK8s.ControllerManager.EndpointSlices;
using MiniK8s.TestKit.Time;

namespace MiniK8s.ControllerManager.Tests.EndpointSlices;

/// <summary>L22: a cache that is behind what was written is not decided from.</summary>
public sealed class SliceTrackerTests
{
    private static readonly ObjectKey Web = new("default", "web");
    private readonly Cache<EndpointSlice> cache = new();
    private readonly ManualClock clock = new();
    private readonly SliceTracker tracker;

    public SliceTrackerTests()
    {
        tracker = new SliceTracker(cache, clock);
        cache.Subscribe(tracker.Observe);
    }

    private static EndpointSlice Slice(string version, string uid = "u1", string service = "web") => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = $"{service}-1", Uid = uid, ResourceVersion = version, Labels = Sample.Map(("kubernetes.io/service-name", service)) },
    };

    [Fact]
    public void Written_slice_is_waited_for_until_the_cache_shows_that_version_or_a_later_one()
    {
        tracker.Written(Slice("7"));
        Assert.True(tracker.IsBehind(Web));
        Assert.False(tracker.IsBehind(new("default", "other")));
        cache.Apply(Slice("6"));
        Assert.True(tracker.IsBehind(Web));
        cache.Apply(Slice("8"));
        Assert.False(tracker.IsBehind(Web));
    }

    [Fact]
    public void Cache_that_was_faster_than_the_answer_is_not_waited_for()
    {
        cache.Apply(Slice("7"));
        tracker.Written(Slice("7"));
        Assert.False(tracker.IsBehind(Web));

        cache.Delete(ObjectKey.Of(Slice("7")));
        tracker.Deleted(Slice("7"));
        Assert.False(tracker.IsBehind(Web));
    }

    [Fact]
    public void Deleted_slice_is_waited_for_until_it_is_gone_or_replaced()
    {
        cache.Apply(Slice("7"));
        tracker.Deleted(Slice("7"));
        Assert.True(tracker.IsBehind(Web));
        cache.Apply(Slice("9", uid: "u2"));
        Assert.False(tracker.IsBehind(Web));
    }

    [Fact]
    public void Slice_that_somebody_else_deleted_is_not_waited_for()
    {
        cache.Apply(Slice("7"));
        tracker.Written(Slice("8"));
        cache.Delete(ObjectKey.Of(Slice("7")));
        Assert.False(tracker.IsBehind(Web));
    }

    [Fact]
    public void What_is_never_shown_is_waited_for_no_longer_than_the_patience()
    {
        tracker.Written(Slice("7"));
        clock.Advance(SliceTracker.Patience);
        Assert.True(tracker.IsBehind(Web));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(tracker.IsBehind(Web));
    }
}
