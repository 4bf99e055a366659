using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.TestKit.Docker;

namespace MiniK8s.Kubelet.Tests.Live;

/// <summary>A test on the shared node, which gets rid of its pods so that the next one has the machine to itself.</summary>
[Collection(nameof(NodeTests))]
public abstract class LiveTest(NodeFixture node) : IAsyncLifetime
{
    protected NodeFixture Host => node;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (DockerEngine.SkipReason is not null) return;
        foreach (var pod in (await node.Api.ListAsync<Pod>("default")).Items)
        {
            await node.Api.DeleteAsync<Pod>("default", pod.Metadata.Name!, new DeleteOptions { GracePeriodSeconds = 0 });
        }
    }
}
