using MiniK8s.TestKit.Processes;

namespace MiniK8s.TestKit.Servers;

/// <summary>A broker that the script <c>shared/kafka/kafka</c> starts; the script returns when the broker answers.</summary>
internal sealed class ScriptKafka(string script, KafkaPlace place, string folder) : KafkaSource.Running
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    internal override string BootstrapServers => place.BootstrapServers;

    internal override Task StartAsync(CancellationToken cancellationToken)
    {
        string[] start = [script, "start", folder, $"{place.Port}"];
        var listen = new Dictionary<string, string> { ["KAFKA_LISTEN"] = $"{place.Address}" };
        return Command.RunAsync(place.Inside?.Enter(start) ?? start, environment: listen, timeout: StartLimit, cancellationToken: cancellationToken);
    }

    internal override Task KillAsync(CancellationToken cancellationToken) =>
        Command.RunAsync([script, "kill", folder], cancellationToken: cancellationToken);

    internal override Task RemoveAsync() => KillAsync(CancellationToken.None);
}
