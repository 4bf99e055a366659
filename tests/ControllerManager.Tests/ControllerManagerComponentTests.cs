using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.ControllerManager.Tests.World;

namespace MiniK8s.ControllerManager.Tests;

public sealed class ControllerManagerComponentTests
{
    private static Service New(string name) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Spec = new ServiceSpec { Ports = [new ServicePort { Port = 80 }] },
    };

    [Fact]
    public async Task Elected_one_works_and_hands_over_when_it_stops()
    {
        await using var cluster = await TestCluster.StartAsync();
        var first = await cluster.RunControllersAsync(new() { LeaderElect = true, Identity = "first" });
        Assert.NotEmpty((await cluster.CreateAsync(New("a"))).Spec!.ClusterIP!);
        Assert.Equal("first", (await cluster.Client.GetAsync<Lease>("kube-system", "kube-controller-manager")).Spec!.HolderIdentity);

        await first.DisposeAsync();
        await cluster.RunControllersAsync(new() { LeaderElect = true, Identity = "second" });
        Assert.NotEmpty((await cluster.CreateAsync(New("b"))).Spec!.ClusterIP!);
        Assert.Equal("second", (await cluster.Client.GetAsync<Lease>("kube-system", "kube-controller-manager")).Spec!.HolderIdentity);
    }

    [Fact]
    public async Task Options_that_cannot_work_fail_the_start()
    {
        await using var cluster = await TestCluster.StartAsync();
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => cluster.RunControllersAsync(new() { Identity = " " }));
        Assert.Contains("Identity", failure.Message, StringComparison.Ordinal);
    }
}
