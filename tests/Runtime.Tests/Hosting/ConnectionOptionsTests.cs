using System.CommandLine;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Runtime.Tests.Hosting;

public sealed class ConnectionOptionsTests
{
    [Theory]
    [InlineData("", null, null, "minik8s.events")]
    [InlineData("--kubeconfig /a/b --kafka-bootstrap-servers h:1,h:2 --kafka-topic t", "/a/b", "h:1,h:2", "t")]
    public void Options_become_settings(string line, string? kubeconfig, string? servers, string topic)
    {
        var command = new Command("proxy");
        var options = new ConnectionOptions();
        options.AddTo(command);

        var parsed = command.Parse(line);

        Assert.Empty(parsed.Errors);
        Assert.Equal(new ConnectionSettings { Kubeconfig = kubeconfig, KafkaBootstrapServers = servers, KafkaTopic = topic }, options.Read(parsed));
    }
}
