using MiniK8s.Api.Topics;
using MiniK8s.Client.Feeds.Kafka;

namespace MiniK8s.Client.Tests.Feeds;

public sealed class TopicChainTests
{
    private readonly TopicChain _chain = new();

    [Fact]
    public void What_comes_first_is_taken_as_it_is()
    {
        Assert.Null(_chain.Take(Change(10, after: 9)));
        Assert.Null(_chain.Take(Change(12, after: 10)));
    }

    [Fact]
    public void A_missing_message_shows_in_the_next_whatever_its_key()
    {
        _chain.Take(Change(10, after: 9));

        Assert.NotNull(_chain.Take(Change(12, after: 11)));
        Assert.Null(_chain.Take(Change(13, after: 12)));
    }

    [Fact]
    public void A_missing_last_message_shows_in_the_next_progress()
    {
        _chain.Take(Change(10, after: 9));

        Assert.NotNull(_chain.Take(Progress(after: 11)));
        Assert.Null(_chain.Take(Progress(after: 11)));
    }

    [Fact]
    public void One_of_two_changes_of_a_revision_is_missed_too()
    {
        _chain.Take(Change(10, after: 9));
        _chain.Take(Change(11, after: 10));

        Assert.NotNull(_chain.Take(new TopicMessage.Change(12, new ChangePosition(11, 1), "k", new ChangePosition(12, 0), null, new ChangeBody.Gone())));
    }

    [Fact]
    public void Repetitions_are_no_gap()
    {
        _chain.Take(Change(10, after: 9));
        _chain.Take(Change(11, after: 10));

        Assert.Null(_chain.Take(Change(10, after: 9)));
        Assert.Null(_chain.Take(Change(11, after: 10)));
        Assert.Null(_chain.Take(Change(12, after: 11)));
    }

    [Fact]
    public void Progress_behind_what_was_seen_means_that_the_store_went_back_and_counts_once()
    {
        _chain.Take(Change(900, after: 9));

        Assert.NotNull(_chain.Take(Progress(after: 12)));
        Assert.Null(_chain.Take(Progress(after: 12)));
        Assert.Null(_chain.Take(Change(13, after: 12)));
    }

    [Fact]
    public void A_resync_marker_is_a_gap_for_who_has_seen_something()
    {
        Assert.Null(_chain.Take(new TopicMessage.Resync(5)));
        _chain.Take(Change(10, after: 9));

        Assert.NotNull(_chain.Take(new TopicMessage.Resync(20)));
    }

    [Fact]
    public void Messages_without_sense_count_and_a_burst_of_them_is_a_gap()
    {
        for (var i = 1; i < TopicChain.Burst; i++)
        {
            Assert.Null(_chain.Take(null));
        }

        Assert.NotNull(_chain.Take(null));
        Assert.Equal(TopicChain.Burst, _chain.Unreadable);
    }

    [Fact]
    public void A_message_that_makes_sense_ends_a_burst()
    {
        for (var i = 1; i < 3 * TopicChain.Burst; i++)
        {
            Assert.Null(_chain.Take(i % 10 == 0 ? Change(10, after: 9) : null));
        }
    }

    private static TopicMessage.Change Change(long revision, long after) => new(
        revision, new ChangePosition(after, 0), "k", new ChangePosition(revision, 0), null, new ChangeBody.Gone());

    private static TopicMessage.Progress Progress(long after) => new(after, new ChangePosition(after, 0));
}
