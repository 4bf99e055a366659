using MiniK8s.TestKit.Processes;
using MiniK8s.TestKit.Servers;

namespace MiniK8s.ApiServer.Tests.Events;

/// <summary>One real broker for a class of tests; each test takes a topic of its own.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    private KafkaBroker? _broker;

    /// <summary>The broker; the test is skipped where there can be none.</summary>
    public KafkaBroker Broker
    {
        get
        {
            Assert.SkipUnless(KafkaBroker.SkipReason is null, KafkaBroker.SkipReason ?? "");
            Assert.SkipUnless(Tools.SkipReason("kcat") is null, Tools.SkipReason("kcat") ?? "");
            return _broker!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (KafkaBroker.SkipReason is null)
        {
            _broker = await KafkaBroker.StartAsync();
        }
    }

    public ValueTask DisposeAsync() => _broker?.DisposeAsync() ?? ValueTask.CompletedTask;
}
