using System.CommandLine;
using MiniK8s.Api.Topics;

namespace MiniK8s.Runtime.Hosting;

/// <summary>The options by which every component process is told where the cluster is. One object per command.</summary>
public sealed class ConnectionOptions
{
    /// <summary>The topic that the API server publishes to unless told otherwise.</summary>
    public const string DefaultTopic = ChangeTopic.DefaultName;

    private readonly Option<string?> _kubeconfig = new("--kubeconfig")
    {
        Description = "File with the API server's address and the credentials; else KUBECONFIG, else ~/.kube/config, else the pod's service account.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _kafka = new("--kafka-bootstrap-servers")
    {
        Description = "Kafka brokers, host:port separated by commas, to hear of changes from; without it the API server is watched.",
        HelpName = "LIST",
    };

    private readonly Option<string> _topic = new("--kafka-topic")
    {
        Description = "Kafka topic of the changes.",
        HelpName = "NAME",
        DefaultValueFactory = _ => DefaultTopic,
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Add(_kubeconfig);
        command.Add(_kafka);
        command.Add(_topic);
    }

    /// <summary>What the user gave.</summary>
    public ConnectionSettings Read(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new ConnectionSettings
        {
            Kubeconfig = result.GetValue(_kubeconfig),
            KafkaBootstrapServers = result.GetValue(_kafka),
            KafkaTopic = result.GetValue(_topic) is { Length: > 0 } topic ? topic : DefaultTopic,
        };
    }
}

/// <summary>Where the cluster is.</summary>
public sealed record ConnectionSettings
{
    /// <summary>The file; null for kubectl's usual places.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Kafka brokers; null or empty to watch the API server.</summary>
    public string? KafkaBootstrapServers { get; init; }

    /// <summary>The topic.</summary>
    public string KafkaTopic { get; init; } = ConnectionOptions.DefaultTopic;
}
