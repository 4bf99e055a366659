using System.Net.Sockets;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.TestKit.Servers;

/// <summary>A broker in a container of the public image, on the host's network so that it can advertise a loopback port.</summary>
internal sealed class ContainerKafka(string image, KafkaPlace place, string name) : KafkaSource.Running
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private bool _created;

    internal override string BootstrapServers => place.BootstrapServers;

    internal override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Command.RunAsync(_created ? ["docker", "start", name] : CreateCommand(), timeout: StartLimit, cancellationToken: cancellationToken);
        _created = true;
        var started = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync(cancellationToken))
        {
            if (TimeProvider.System.GetElapsedTime(started) > StartLimit)
            {
                var log = await Command.TryAsync(["docker", "logs", "--tail", "30", name], cancellationToken: cancellationToken);
                throw new TimeoutException($"the Kafka container {name} does not answer on {BootstrapServers}: {log.Output}{log.Error}");
            }

            await Task.Delay(Poll, TimeProvider.System, cancellationToken);
        }
    }

    internal override Task KillAsync(CancellationToken cancellationToken) =>
        Command.RunAsync(["docker", "kill", "--signal", "KILL", name], cancellationToken: cancellationToken);

    internal override Task RemoveAsync() => Command.TryAsync(["docker", "rm", "--force", "--volumes", name]);

    /// <summary>The image takes its whole configuration from variables as soon as one is given.</summary>
    private string[] CreateCommand() =>
    [
        "docker", "run", "--detach", "--network", "host", "--name", name,
        "--env", "KAFKA_NODE_ID=1",
        "--env", "KAFKA_PROCESS_ROLES=broker,controller",
        "--env", $"KAFKA_LISTENERS=PLAINTEXT://{BootstrapServers},CONTROLLER://127.0.0.1:{place.Port + 1}",
        "--env", $"KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://{BootstrapServers}",
        "--env", "KAFKA_CONTROLLER_LISTENER_NAMES=CONTROLLER",
        "--env", "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
        "--env", $"KAFKA_CONTROLLER_QUORUM_VOTERS=1@127.0.0.1:{place.Port + 1}",
        "--env", "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR=1",
        "--env", "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR=1",
        "--env", "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR=1",
        "--env", "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS=0",
        image,
    ];

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(place.Address, place.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
