using System.Text;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Feeds;
using MiniK8s.Client.Feeds.Kafka;
using MiniK8s.Client.Rest;
using MiniK8s.Client.Tests.Doubles;
using MiniK8s.TestKit.Time;
using Microsoft.AspNetCore.Http;

namespace MiniK8s.Client.Tests.Feeds;

/// <summary>When a change was published reaches whoever subscribes to a cache, from each kind of feed.</summary>
public sealed class ChangeTimeTests
{
    private static readonly DateTimeOffset Sent = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    [Fact]
    public void Of_a_message_it_is_the_publishers_time()
    {
        var state = new TopicState<ConfigMap>(FeedScope.All);
        state.BeginList();
        state.EndList(1);

        var put = state.Take(Message("type=put revision=9 position=9.0 content-type=application/json", ApiSerializer.Serialize(Map("9"))));
        var elsewhere = state.Take(Message("type=put revision=10 position=10.0", "{}"u8.ToArray()));
        var fetched = state.Fetched(((TopicStep<ConfigMap>.Fetch)elsewhere).Key, Map("10"), Sent);
        var gone = state.Take(Message("type=delete revision=11 position=11.0", null));

        Assert.All([put, fetched, gone], step => Assert.Equal(Sent, ((TopicStep<ConfigMap>.Tell)step).Event.Time));
    }

    [Fact]
    public async Task Of_a_watch_it_is_the_time_of_arrival()
    {
        var clock = new ManualClock();
        var line = $$"""{"type":"ADDED","object":{{Encoding.UTF8.GetString(ApiSerializer.Serialize(Map("9")))}}}""";
        await using var server = await TestHttpServer.StartAsync(context => context.Response.WriteAsync(line + "\n"));
        using var client = new ApiClient(server.Config, clock);

        var change = await client.WatchAsync<ConfigMap>(null, new ListQuery()).SingleAsync();

        Assert.Equal(clock.GetUtcNow(), change.Received);
    }

    [Fact]
    public void Subscribers_hear_of_it_and_what_a_list_brought_has_none()
    {
        var cache = new Cache<ConfigMap>();
        var times = new List<DateTimeOffset>();
        using var subscription = cache.Subscribe(change => times.Add(change.Time));
        var reflector = new Reflector<ConfigMap>(null!, cache);

        FeedEvent<ConfigMap>[] steps =
        [
            new FeedEvent<ConfigMap>.Init(),
            new FeedEvent<ConfigMap>.InitApply(Map("1")),
            new FeedEvent<ConfigMap>.InitDone(1),
            new FeedEvent<ConfigMap>.Apply(Map("2")) { Time = Sent },
            new FeedEvent<ConfigMap>.Delete("n", "a") { Time = Sent.AddSeconds(1) },
        ];
        foreach (var step in steps) reflector.Take(step);

        Assert.Equal([default, Sent, Sent.AddSeconds(1)], times);
    }

    private static TopicMessage.Change Message(string headers, byte[]? value)
    {
        var parsed = headers.Split(' ').Select(text => text.Split('=', 2)).ToDictionary(pair => pair[0], pair => Encoding.ASCII.GetBytes(pair[1]));
        var record = new TopicRecord("/registry/core/configmaps/n/a"u8.ToArray(), value, 0, Sent, parsed);
        return Assert.IsType<TopicMessage.Change>(TopicMessageParser.Parse(record));
    }

    private static ConfigMap Map(string version) => new() { Metadata = new ObjectMeta { Name = "a", Namespace = "n", ResourceVersion = version, Uid = "u" } };
}
