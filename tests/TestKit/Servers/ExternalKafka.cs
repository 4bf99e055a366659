namespace MiniK8s.TestKit.Servers;

/// <summary>A broker that somebody else runs: it is used, never touched.</summary>
internal sealed class ExternalKafka(string address) : KafkaSource.Running
{
    internal override string BootstrapServers => address;

    internal override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal override Task KillAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"the broker at {address} is not this test's to kill; ask KafkaBroker.CanBeKilled before");

    internal override Task RemoveAsync() => Task.CompletedTask;
}
