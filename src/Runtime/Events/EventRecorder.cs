using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Rest;

namespace MiniK8s.Runtime.Events;

/// <summary>
/// Writes Events about objects, as <c>kubectl describe</c> shows them. Recording never waits and never fails: events are written
/// in the background, a repeated one raises the count of the first, an object that is talked about too much is passed over, and
/// when the API is away for long the oldest wait is given up. Thread-safe.
/// </summary>
/// <param name="client">Where events are written.</param>
/// <param name="source">Who speaks: the component, and the node it is on.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">Where it is noted that events were lost.</param>
public sealed class EventRecorder(IApiClient client, EventSource source, TimeProvider clock, ILogger<EventRecorder> logger) : IAsyncDisposable
{
    /// <summary>The type of events that all is well.</summary>
    public const string Normal = nameof(Normal);

    /// <summary>The type of events that somebody should look at.</summary>
    public const string Warning = nameof(Warning);

    private const int Attempts = 4;

    // When full, recording an event drops it: whatever floods a queue of this length nobody reads.
    private readonly Channel<Occurrence> queue = Channel.CreateBounded<Occurrence>(new BoundedChannelOptions(1000) { SingleReader = true });
    private readonly CancellationTokenSource stop = new();
    private readonly EventMemory memory = new();
    private readonly Lock gate = new();
    private Task? pump;

    /// <summary>Records an event about an object of the API.</summary>
    public void Record(IResource about, string type, string reason, string message) => Record(ReferenceTo(about), type, reason, message);

    /// <summary>Records an event about what the reference names.</summary>
    public void Record(ObjectReference about, string type, string reason, string message)
    {
        lock (gate)
        {
            if (stop.IsCancellationRequested) return;
            pump ??= Task.Run(PumpAsync);
        }

        if (!queue.Writer.TryWrite(new Occurrence(about, type, reason, message, clock.GetUtcNow())))
        {
            logger.LogDebug("Event {Reason} about {Kind} {Name} dropped: too many are waiting", reason, about.Kind, about.Name);
        }
    }

    /// <summary>What an event needs to know of an object.</summary>
    public static ObjectReference ReferenceTo(IResource resource) => new()
    {
        ApiVersion = resource.ApiVersion, Kind = resource.Kind, Namespace = resource.Metadata.Namespace, Name = resource.Metadata.Name,
        Uid = resource.Metadata.Uid, ResourceVersion = resource.Metadata.ResourceVersion,
    };

    /// <summary>Stops writing; what has not been written yet is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        Task? running;
        lock (gate) running = pump;
        await stop.CancelAsync();
        if (running is not null) await running;
        stop.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var occurrence in queue.Reader.ReadAllAsync(stop.Token))
            {
                if (memory.Note(occurrence) is { } repeat) await WriteAsync(occurrence, repeat);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task WriteAsync(Occurrence occurrence, EventMemory.Repeat repeat)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (repeat is not { Name: { } name, Count: > 1 }) repeat.Name = (await client.CreateAsync(NewEvent(occurrence, repeat), stop.Token)).Metadata.Name;
                else await client.PatchAsync<Event>(NamespaceOf(occurrence.About), name, CountPatch(occurrence, repeat.Count), cancellationToken: stop.Token);
                return;
            }
            catch (ApiException refusal) when (refusal.IsNotFound && repeat.Name is not null)
            {
                repeat.Name = null; // The first one has expired; begin a new one with the count so far.
            }
            catch (ApiException refusal) when (refusal.Code < 500 && refusal.Code != 429)
            {
                logger.LogDebug("Event {Reason} about {Kind} {Name} refused: {Message}", occurrence.Reason, occurrence.About.Kind, occurrence.About.Name, refusal.Message);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                if (attempt == Attempts)
                {
                    logger.LogWarning("Event {Reason} about {Kind} {Name} lost: {Message}", occurrence.Reason, occurrence.About.Kind, occurrence.About.Name, failure.Message);
                    return;
                }

                await Task.Delay(TimeSpan.FromSeconds(attempt * attempt), clock, stop.Token);
            }
        }
    }

    private Event NewEvent(Occurrence occurrence, EventMemory.Repeat repeat) => new()
    {
        Metadata = new ObjectMeta
        {
            Namespace = NamespaceOf(occurrence.About),
            Name = $"{occurrence.About.Name}.{NextSuffix():x16}",
        },
        InvolvedObject = occurrence.About,
        Type = occurrence.Type,
        Reason = occurrence.Reason,
        Message = occurrence.Message,
        Source = source,
        ReportingComponent = source.Component,
        ReportingInstance = source.Host,
        FirstTimestamp = repeat.First,
        LastTimestamp = occurrence.Time,
        Count = repeat.Count,
    };

    private static Patch CountPatch(Occurrence occurrence, int count)
    {
        var time = occurrence.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new Patch(PatchTypes.Merge, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"count":{{count}},"lastTimestamp":"{{time}}"}""")));
    }

    /// <summary>Events about cluster-scoped objects live in the namespace <c>default</c>.</summary>
    private static string NamespaceOf(ObjectReference about) => about.Namespace is { Length: > 0 } name ? name : "default";

    /// <summary>The time in the name, as client-go has it; random low bits keep two events of one instant apart.</summary>
    private long NextSuffix() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100 + Random.Shared.Next(100);
}
