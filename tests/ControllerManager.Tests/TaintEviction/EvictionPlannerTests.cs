using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.TaintEviction;
using MiniK8s.TestKit.Time;

namespace MiniK8s.ControllerManager.Tests.TaintEviction;

public sealed class EvictionPlannerTests
{
    private static readonly Taint Unreachable = new() { Key = "node.kubernetes.io/unreachable", Effect = "NoExecute" };
    private static readonly Taint Mine = new() { Key = "dedicated", Value = "db", Effect = "NoExecute" };

    private static Pod Bearing(long? seconds, string? key = "node.kubernetes.io/unreachable") =>
        Sample.Pod("p").With(s => s with { Tolerations = [new Toleration { Key = key, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = seconds }] });

    /// <summary><c>now</c>, the seconds until then, or <c>never</c>.</summary>
    private static string When(Pod pod, double ageSeconds, params Taint[] taints)
    {
        var (evict, next) = EvictionPlanner.Plan([.. taints.Select(t => (t, Sample.Now.AddSeconds(-ageSeconds)))], [pod], Sample.Now);
        return evict.Count > 0 ? "now" : next is { } time ? $"{time.TotalSeconds}" : "never";
    }

    [Fact]
    public void Pod_that_says_nothing_stays_five_minutes_on_an_unreachable_node()
    {
        Assert.Equal("300", When(Sample.Pod("p"), 0, Unreachable));
        Assert.Equal("1", When(Sample.Pod("p"), 299, Unreachable));
        Assert.Equal("now", When(Sample.Pod("p"), 300, Unreachable));
    }

    [Fact]
    public void Pod_goes_at_once_from_a_taint_that_a_user_set_unless_it_bears_it()
    {
        Assert.Equal("now", When(Sample.Pod("p"), 0, Mine));
        Assert.Equal("never", When(Bearing(null, "dedicated"), 0, Mine));
        Assert.Equal("20", When(Bearing(30, "dedicated"), 10, Mine));
    }

    [Fact]
    public void Toleration_says_how_long()
    {
        Assert.Equal("never", When(Bearing(null), 9999, Unreachable));
        Assert.Equal("50", When(Bearing(60), 10, Unreachable));
        Assert.Equal("now", When(Bearing(0), 0, Unreachable));
        Assert.Equal("now", When(Bearing(-5), 0, Unreachable));
        Assert.Equal("never", When(Bearing(null, null), 0, Unreachable, Mine));
    }

    [Fact]
    public void Of_several_taints_the_most_urgent_counts()
    {
        Assert.Equal("now", When(Bearing(null), 0, Unreachable, Mine));
    }

    [Fact]
    public void Pods_that_end_anyway_and_images_of_static_pods_are_left()
    {
        Assert.Equal("never", When(Sample.Pod("p").Terminating(), 0, Mine));
        Assert.Equal("never", When(Sample.Pod("p").WithStatus(s => s with { Phase = "Failed" }), 0, Mine));
        var mirror = Sample.Pod("p");
        Assert.Equal("never", When(mirror.WithMetadata(mirror.Metadata with { Annotations = Sample.Map(("kubernetes.io/config.mirror", "x")) }), 0, Mine));
    }

    [Fact]
    public void Taint_without_a_time_counts_from_when_it_was_first_seen()
    {
        var clock = new ManualClock();
        var times = new TaintClock(clock);
        var node = Sample.Node().With(s => s with { Taints = [Mine] });
        var first = clock.GetUtcNow();
        Assert.Equal(first, Assert.Single(times.Since(node)).Since);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(first, Assert.Single(times.Since(node)).Since);

        Assert.Empty(times.Since(Sample.Node()));
        Assert.Equal(clock.GetUtcNow(), Assert.Single(times.Since(node)).Since);
        Assert.Equal(Sample.Now, Assert.Single(times.Since(node.With(s => s with { Taints = [Mine with { TimeAdded = Sample.Now }] }))).Since);
    }
}
