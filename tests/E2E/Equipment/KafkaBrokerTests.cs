using System.Globalization;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;
using MiniK8s.TestKit.Servers;

namespace MiniK8s.E2E.Tests.Equipment;

public sealed class KafkaBrokerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_killed_broker_comes_back_with_what_it_had_acknowledged()
    {
        Assert.SkipUnless(KafkaBroker.SkipReason is null, KafkaBroker.SkipReason ?? "");
        Assert.SkipUnless(Tools.SkipReason("kcat") is null, Tools.SkipReason("kcat") ?? "");
        Assert.SkipUnless(KafkaBroker.CanBeKilled, "the broker of MINIK8S_TEST_KAFKA is not this test's to kill");
        await using var broker = await KafkaBroker.StartAsync();
        await ProduceAsync(broker.BootstrapServers, "kept");

        await broker.KillAsync();
        await broker.RestartAsync();

        Assert.Equal("kept", await ConsumeAsync(broker.BootstrapServers));
    }

    [Fact]
    public async Task A_broker_runs_inside_a_namespace()
    {
        Assert.SkipUnless(KafkaBroker.SkipReason is null, KafkaBroker.SkipReason ?? "");
        Assert.SkipUnless(Tools.SkipReason("kcat") is null, Tools.SkipReason("kcat") ?? "");
        Assert.SkipUnless(KafkaBroker.CanBePlaced, "only the script's broker can be placed");
        Assert.SkipUnless(TestNetwork.SkipReason is null, TestNetwork.SkipReason ?? "");
        await using var network = await TestNetwork.CreateAsync();
        var host = await network.AddHostAsync("kafka");
        await using var broker = await KafkaBroker.StartInsideAsync(host.Namespace, host.Address);

        var metadata = await host.Namespace.RunAsync(["kcat", "-b", broker.BootstrapServers, "-L"]);

        Assert.Contains(broker.BootstrapServers, metadata, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"broker 1 at {host.Address}:9092"), metadata, StringComparison.Ordinal);
    }

    private static async Task ProduceAsync(string servers, string value) =>
        await Command.RunAsync(["kcat", "-b", servers, "-P", "-t", "equipment", "-X", "acks=all"], value, timeout: Limit);

    private static async Task<string> ConsumeAsync(string servers) =>
        (await Command.RunAsync(["kcat", "-b", servers, "-C", "-t", "equipment", "-o", "beginning", "-e", "-q"], timeout: Limit)).Trim();
}
