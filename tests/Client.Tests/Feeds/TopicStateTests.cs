using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Api.Topics;
using MiniK8s.Client.Feeds;
using MiniK8s.Client.Feeds.Kafka;

namespace MiniK8s.Client.Tests.Feeds;

/// <summary>The reader's rules one by one. The list is at revision 100 and holds n/a at version 50.</summary>
public sealed class TopicStateTests
{
    private const string KeyOfA = "/registry/core/configmaps/n/a";
    private const string KeyOfB = "/registry/core/configmaps/n/b";

    private readonly TopicState<ConfigMap> _state = Listed(FeedScope.All);

    [Theory]
    [InlineData(KeyOfA, 100, 50L)]
    [InlineData(KeyOfA, 50, 0L)]
    [InlineData(KeyOfB, 99, 0L)]
    [InlineData("/registry/core/secrets/n/a", 101, 0L)]
    [InlineData("/registry/core/configmaps/n", 101, 0L)]
    public void What_the_list_covers_and_what_is_of_another_kind_is_dropped(string key, long revision, long? previous) =>
        Assert.Equal("ignore", Take(key, revision, previous));

    [Fact]
    public void Changes_that_follow_what_is_held_are_told()
    {
        Assert.Equal("apply a@101", Take(KeyOfA, 101, 50));
        Assert.Equal("apply a@105", Take(KeyOfA, 105, 101));
        Assert.Equal("apply b@106", Take(KeyOfB, 106, 0));
        Assert.Equal("delete a", Delete(KeyOfA, 107, 105));
        Assert.Equal("apply a@108", Take(KeyOfA, 108, 0));
    }

    [Fact]
    public void Repeated_and_late_changes_are_dropped_also_after_the_deletion()
    {
        Take(KeyOfA, 101, 50);
        Assert.Equal("ignore", Take(KeyOfA, 101, 50));
        Assert.Equal("delete a", Delete(KeyOfA, 107, 101));

        Assert.Equal("ignore", Take(KeyOfA, 101, 50));
        Assert.Equal("ignore", Delete(KeyOfA, 107, 101));
    }

    [Theory]
    [InlineData(KeyOfA, 51L)]
    [InlineData(KeyOfA, 0L)]
    [InlineData(KeyOfB, 101L)]
    public void A_previous_revision_that_is_not_held_means_a_missing_message(string key, long previous) =>
        Assert.StartsWith("relist", Take(key, 105, previous), StringComparison.Ordinal);

    [Fact]
    public void A_previous_revision_that_nobody_knows_is_no_gap() => Assert.Equal("apply a@105", Take(KeyOfA, 105, null));

    [Theory]
    [InlineData("b", "n", "101", "ConfigMap")]
    [InlineData("a", "m", "101", "ConfigMap")]
    [InlineData("a", "n", "102", "ConfigMap")]
    [InlineData("a", "n", "101", "Secret")]
    public void A_value_that_is_another_object_than_its_key_says_is_not_used(string name, string space, string version, string kind)
    {
        var value = Map(name, space, version) with { Kind = kind };

        Assert.Equal("fetch n/a", Text(_state.Take(Change(KeyOfA, 101, 50, new ChangeBody.Whole(ApiSerializer.Serialize(value))))));
    }

    [Fact]
    public void Junk_and_references_are_fetched()
    {
        Assert.Equal("fetch n/a", Text(_state.Take(Change(KeyOfA, 101, 50, new ChangeBody.Whole("{\"metadata\":"u8.ToArray())))));
        Assert.Equal("fetch n/a", Text(_state.Take(Change(KeyOfA, 101, 50, new ChangeBody.Elsewhere()))));
    }

    [Fact]
    public void A_fetched_object_counts_by_its_own_version_and_not_by_the_messages()
    {
        var key = new ObjectKey("n", "a");

        Assert.Equal("ignore", Text(_state.Fetched(key, Map("a", "n", "50"))));
        Assert.Equal("apply a@103", Text(_state.Fetched(key, Map("a", "n", "103"))));
        Assert.Equal("ignore", Take(KeyOfA, 103, 50));
        Assert.Equal("apply a@104", Take(KeyOfA, 104, 103));
        Assert.Equal("delete a", Text(_state.Fetched(key, null)));
        Assert.Equal("apply a@106", Take(KeyOfA, 106, 0));
    }

    [Theory]
    [InlineData("n", "app=web", null)]
    [InlineData("n", null, "metadata.name=a")]
    [InlineData("n", null, "data.missing!=x,metadata.namespace=n")]
    public void In_a_narrow_scope_objects_come_and_go_as_they_begin_and_cease_to_match(string space, string? labels, string? fields)
    {
        var state = Listed(new FeedScope(space, labels, fields));

        Assert.Equal("apply a@101", Text(state.Take(Put(KeyOfA, 101, 50, Map("a", "n", "101", "web")))));
        Assert.Equal("ignore", Text(state.Take(Put("/registry/core/configmaps/m/a", 102, 0, Map("a", "m", "102", "web")))));
    }

    [Fact]
    public void An_object_that_ceases_to_match_is_deleted_and_its_later_versions_are_still_followed()
    {
        var state = Listed(new FeedScope("n", "app=web"));

        Assert.Equal("delete a", Text(state.Take(Put(KeyOfA, 101, 50, Map("a", "n", "101", "db")))));
        Assert.Equal("ignore", Text(state.Take(Put(KeyOfA, 102, 101, Map("a", "n", "102", "db")))));
        Assert.Equal("apply a@103", Text(state.Take(Put(KeyOfA, 103, 102, Map("a", "n", "103", "web")))));
        Assert.StartsWith("relist", Text(state.Take(Put(KeyOfA, 105, 104, Map("a", "n", "105", "db")))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_the_list_left_out_may_have_a_past_before_the_list()
    {
        var state = Listed(new FeedScope("n", "app=web"));

        Assert.Equal("apply b@101", Text(state.Take(Put(KeyOfB, 101, 77, Map("b", "n", "101", "web")))));
    }

    [Fact]
    public void Memory_of_what_is_gone_is_bounded_and_late_messages_stay_dropped()
    {
        var revision = 100L;
        for (var i = 0; i < TopicState<ConfigMap>.MostAbsent + 5000; i++)
        {
            revision += 2;
            Take($"/registry/core/configmaps/n/x{i}", revision - 1, 0);
            Delete($"/registry/core/configmaps/n/x{i}", revision, revision - 1);
        }

        Assert.Equal("ignore", Take("/registry/core/configmaps/n/x0", 101, 0));
        Assert.True(_state.Absent <= TopicState<ConfigMap>.MostAbsent, $"{_state.Absent} versions of absent objects are held");
    }

    private static TopicState<ConfigMap> Listed(FeedScope scope)
    {
        var state = new TopicState<ConfigMap>(scope);
        state.BeginList();
        state.Listed(Map("a", "n", "50"));
        state.EndList(100);
        return state;
    }

    private string Take(string key, long revision, long? previous)
    {
        var parts = key.Split('/');
        return Text(_state.Take(Put(key, revision, previous, Map(parts[^1], parts[^2], $"{revision}"))));
    }

    private string Delete(string key, long revision, long previous) => Text(_state.Take(Change(key, revision, previous, new ChangeBody.Gone())));

    private static TopicMessage.Change Put(string key, long revision, long? previous, ConfigMap value) =>
        Change(key, revision, previous, new ChangeBody.Whole(ApiSerializer.Serialize(value)));

    private static TopicMessage.Change Change(string key, long revision, long? previous, ChangeBody body) =>
        new(revision, null, key, new ChangePosition(revision, 0), previous, body);

    private static ConfigMap Map(string name, string space, string version, string app = "web") => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = space, ResourceVersion = version, Labels = new Dictionary<string, string> { ["app"] = app } },
    };

    private static string Text(TopicStep<ConfigMap> step) => step switch
    {
        TopicStep<ConfigMap>.Tell(FeedEvent<ConfigMap>.Apply(var value)) => $"apply {value.Metadata.Name}@{value.Metadata.ResourceVersion}",
        TopicStep<ConfigMap>.Tell(FeedEvent<ConfigMap>.Delete(_, var name)) => $"delete {name}",
        TopicStep<ConfigMap>.Fetch(var key) => $"fetch {key}",
        TopicStep<ConfigMap>.Relist(var reason) => $"relist: {reason}",
        _ => "ignore",
    };
}
