using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Tests.Registry;

public sealed class DeletionPlannerTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("at once", 0, false, "", null, null, "remove")]
    [InlineData("graceful", 30, false, "", null, null, "mark 30s []")]
    [InlineData("graceful, shorter", 30, false, "", 5L, null, "mark 5s []")]
    [InlineData("graceful, forced", 30, false, "", 0L, null, "remove")]
    [InlineData("graceful, negative", 30, false, "", -7L, null, "mark 1s []")]
    [InlineData("finalizer", 0, false, "f.io/x", null, null, "mark 0s [f.io/x]")]
    [InlineData("held by its spec", 0, true, "", null, null, "mark 0s []")]
    [InlineData("orphans, no collector", 0, false, "", null, "Orphan", "remove")]
    public void A_deletion_is_planned(string because, int grace, bool isHeld, string finalizers, long? asked, string? policy, string wanted)
    {
        _ = because;
        var value = Value(finalizers);
        var plan = DeletionPlanner.Plan(new Kind(grace, isHeld), value, new DeleteOptions { GracePeriodSeconds = asked, PropagationPolicy = policy }, collectsGarbage: false, Now);
        Assert.Equal(wanted, Describe(plan));
    }

    [Theory]
    [InlineData("Orphan", "", "mark 0s [orphan]")]
    [InlineData("Foreground", "", "mark 0s [foregroundDeletion]")]
    [InlineData("Background", "", "remove")]
    [InlineData("Background", "orphan", "remove")]
    [InlineData("Foreground", "orphan f.io/x", "mark 0s [f.io/x foregroundDeletion]")]
    [InlineData(null, "orphan", "mark 0s [orphan]")]
    public void A_policy_leaves_its_finalizer_for_the_collector(string? policy, string finalizers, string wanted) => Assert.Equal(wanted, Describe(
        DeletionPlanner.Plan(new Kind(0, false), Value(finalizers), new DeleteOptions { PropagationPolicy = policy }, collectsGarbage: true, Now)));

    [Theory]
    [InlineData(10, null, "pending")]
    [InlineData(10, 20L, "pending")]
    [InlineData(10, 5L, "mark 5s []")]
    [InlineData(10, 0L, "remove")]
    public void A_deletion_under_way_is_only_ever_shortened(long running, long? asked, string wanted)
    {
        var value = Value("");
        value = value.WithMetadata(value.Metadata with { DeletionTimestamp = Now.AddSeconds(3), DeletionGracePeriodSeconds = running });
        Assert.Equal(wanted, Describe(DeletionPlanner.Plan(new Kind(30, false), value, new DeleteOptions { GracePeriodSeconds = asked }, collectsGarbage: false, Now)));
    }

    [Theory]
    [InlineData(true, 0, "", false, true)]
    [InlineData(true, 30, "", false, false)]
    [InlineData(true, 0, "f.io/x", false, false)]
    [InlineData(true, 0, "", true, false)]
    [InlineData(false, 0, "", false, false)]
    public void An_object_goes_when_nothing_holds_it_any_more(bool isMarked, long grace, string finalizers, bool isHeld, bool wanted)
    {
        var value = Value(finalizers);
        if (isMarked) value = value.WithMetadata(value.Metadata with { DeletionTimestamp = Now, DeletionGracePeriodSeconds = grace });
        Assert.Equal(wanted, DeletionPlanner.IsReleased(new Kind(0, isHeld), value));
    }

    [Fact]
    public void The_first_mark_counts_as_a_change_of_the_spec()
    {
        var value = Value("f.io/x");
        value = value.WithMetadata(value.Metadata with { Generation = 4 });
        var mark = Assert.IsType<Deletion<ConfigMap>.Mark>(DeletionPlanner.Plan(new Kind(0, false), value, new DeleteOptions(), collectsGarbage: false, Now));
        Assert.Equal(5, mark.Value.Metadata.Generation);
    }

    private static ConfigMap Value(string finalizers) => new()
    {
        Metadata = new() { Name = "a", Finalizers = finalizers.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
    };

    private static string Describe(Deletion<ConfigMap> plan) => plan switch
    {
        Deletion<ConfigMap>.Remove => "remove",
        Deletion<ConfigMap>.Pending => "pending",
        Deletion<ConfigMap>.Mark { Value.Metadata: var metadata } =>
            $"mark {(metadata.DeletionTimestamp - Now)!.Value.TotalSeconds}s [{string.Join(' ', metadata.Finalizers)}]",
        _ => "?",
    };

    private sealed class Kind(int grace, bool isHeld) : ResourceKind<ConfigMap>
    {
        public override TimeSpan GracePeriod(ConfigMap value, TimeSpan? asked) => grace == 0 ? TimeSpan.Zero : asked ?? TimeSpan.FromSeconds(grace);

        public override bool HoldsDeletion(ConfigMap value) => isHeld;
    }
}
