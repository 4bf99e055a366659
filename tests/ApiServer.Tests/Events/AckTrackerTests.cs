using MiniK8s.Api.Topics;
using MiniK8s.ApiServer.Events;

namespace MiniK8s.ApiServer.Tests.Events;

public sealed class AckTrackerTests
{
    private readonly AckTracker _tracker = new(new PublisherCheckpoint(10, "9.0"));

    [Fact]
    public void It_begins_where_the_one_before_stopped() => Assert.Equal(new PublisherCheckpoint(10, "9.0"), _tracker.Checkpoint);

    [Fact]
    public void What_is_on_its_way_holds_the_checkpoint_back()
    {
        var first = _tracker.Sent(new ChangePosition(12, 0));
        _tracker.Reached(12);
        Assert.Equal(new PublisherCheckpoint(11, "9.0"), _tracker.Checkpoint);

        _tracker.Acknowledged(first);
        Assert.Equal(new PublisherCheckpoint(12, "12.0"), _tracker.Checkpoint);
    }

    [Fact]
    public void Acknowledgements_out_of_order_wait_for_the_oldest()
    {
        var first = _tracker.Sent(new ChangePosition(12, 0));
        var second = _tracker.Sent(new ChangePosition(13, 0));
        var third = _tracker.Sent(new ChangePosition(14, 0));
        _tracker.Reached(14);
        _tracker.Acknowledged(third);
        _tracker.Acknowledged(second);
        Assert.Equal(new PublisherCheckpoint(11, "9.0"), _tracker.Checkpoint);

        _tracker.Acknowledged(first);
        Assert.Equal(new PublisherCheckpoint(14, "14.0"), _tracker.Checkpoint);
    }

    [Fact]
    public void A_revision_counts_only_as_a_whole()
    {
        var first = _tracker.Sent(new ChangePosition(12, 0));
        var second = _tracker.Sent(new ChangePosition(12, 1));
        _tracker.Acknowledged(first);
        Assert.Equal(11, _tracker.Checkpoint.Revision);

        _tracker.Acknowledged(second);
        _tracker.Reached(12);
        Assert.Equal(new PublisherCheckpoint(12, "12.1"), _tracker.Checkpoint);
    }

    [Fact]
    public void A_revision_of_which_not_all_is_sent_does_not_count_either()
    {
        _tracker.Acknowledged(_tracker.Sent(new ChangePosition(12, 0)));

        Assert.Equal(10, _tracker.Checkpoint.Revision);
    }

    [Fact]
    public void Revisions_without_changes_move_it_too()
    {
        _tracker.Reached(40);

        Assert.Equal(new PublisherCheckpoint(40, "9.0"), _tracker.Checkpoint);
    }
}
