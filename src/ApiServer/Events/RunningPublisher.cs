using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Events;

/// <summary>A <see cref="KafkaPublisher"/> that runs until it is disposed of; disposing gives its lease to the next one.</summary>
public sealed class RunningPublisher : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    private RunningPublisher(KafkaPublisher publisher) => _run = Task.Run(() => publisher.RunAsync(_stop.Token));

    /// <summary>Starts one in the background. It does not matter whether Kafka can be reached now.</summary>
    public static RunningPublisher Start(IStore store, PublisherOptions options, TimeProvider clock, ILoggerFactory loggers) =>
        new(new KafkaPublisher(store, options, clock, loggers.CreateLogger<KafkaPublisher>()));

    /// <summary>Stops it, after a last attempt to send what is on its way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }
}
