using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.ControllerManager.Tests.World;
using MiniK8s.Runtime.Events;
using MiniK8s.TestKit;

namespace MiniK8s.ControllerManager.Tests.Events;

/// <summary>What recorded events look like on a real API server.</summary>
public sealed class EventRecorderTests : IAsyncLifetime
{
    private TestCluster cluster = null!;
    private EventRecorder recorder = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await TestCluster.StartAsync();
        recorder = new EventRecorder(cluster.Client, new EventSource { Component = "tester", Host = "n1" }, TimeProvider.System, NullLogger<EventRecorder>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await recorder.DisposeAsync();
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task Repeated_event_is_one_object_with_a_count()
    {
        var pod = await cluster.CreateAsync(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "c" } });
        for (var i = 0; i < 5; i++) recorder.Record(pod, EventRecorder.Warning, "BackOff", "again");
        recorder.Record(pod, EventRecorder.Normal, "Pulled", "done");
        await Eventually.TrueAsync(async () => (await EventsAsync("default")).Any(e => e.Reason == "Pulled"), "the last event is there");

        var repeated = Assert.Single(await EventsAsync("default"), e => e.Reason == "BackOff");
        Assert.Equal((5, "again", "Warning"), (repeated.Count, repeated.Message, repeated.Type));
        Assert.Equal(("ConfigMap", "c", pod.Metadata.Uid), (repeated.InvolvedObject.Kind, repeated.InvolvedObject.Name, repeated.InvolvedObject.Uid));
        Assert.Equal(("tester", "n1"), (repeated.Source!.Component, repeated.Source.Host));
        Assert.StartsWith("c.", repeated.Metadata.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_that_was_deleted_in_between_begins_anew_with_the_count_so_far()
    {
        var about = new ObjectReference { Kind = "Node", Name = "n1" };
        recorder.Record(about, EventRecorder.Normal, "Starting", "up");
        await Eventually.TrueAsync(async () => (await EventsAsync("default")).Count == 1, "the event of a cluster-scoped object is in default");
        await cluster.Client.DeleteAsync<Event>("default", (await EventsAsync("default")).Single().Metadata.Name!);
        recorder.Record(about, EventRecorder.Normal, "Starting", "up");
        await Eventually.TrueAsync(async () => (await EventsAsync("default")) is [{ Count: 2 }], "it is there again, with both counted");
    }

    [Fact]
    public async Task Event_that_is_refused_does_not_keep_the_next_one()
    {
        recorder.Record(new ObjectReference { Kind = "Pod", Namespace = "nowhere", Name = "p" }, EventRecorder.Normal, "Lost", "in a namespace that is not there");
        recorder.Record(new ObjectReference { Kind = "Pod", Namespace = "default", Name = "p" }, EventRecorder.Normal, "Found", "here");
        await Eventually.TrueAsync(async () => (await EventsAsync("default")) is [{ Reason: "Found" }], "the second event is written");
    }

    private async Task<IReadOnlyList<Event>> EventsAsync(string @namespace) => (await cluster.Client.ListAsync<Event>(@namespace)).Items;
}
