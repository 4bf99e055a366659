using MiniK8s.TestKit.Docker;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.E2E.Tests.Equipment;

public sealed class DockerEngineTests
{
    [Fact]
    public async Task Engines_of_two_nodes_are_apart_and_leave_nothing_behind()
    {
        Assert.SkipUnless(DockerEngine.SkipReason is null, DockerEngine.SkipReason ?? "");
        await using var network = await TestNetwork.CreateAsync();
        var first = await network.AddNodeAsync("node1");
        var second = await network.AddNodeAsync("node2");
        var folder = string.Empty;
        await using (var one = await DockerEngine.StartAsync(first.Namespace, first.PodGateway!))
        await using (var two = await DockerEngine.StartAsync(second.Namespace, second.PodGateway!))
        {
            folder = Path.GetDirectoryName(one.SocketPath)!;
            Assert.NotEqual(one.SocketPath, two.SocketPath);
            Assert.Contains("10.244.1.1/24", await first.Namespace.RunAsync(["ip", "-4", "addr", "show", "docker0"]), StringComparison.Ordinal);
            Assert.Contains("10.244.2.1/24", await second.Namespace.RunAsync(["ip", "-4", "addr", "show", "docker0"]), StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(folder));
        Assert.DoesNotContain(folder, await File.ReadAllTextAsync("/proc/self/mountinfo"), StringComparison.Ordinal);
        Assert.DoesNotContain(folder, await Command.RunAsync(["ps", "-eo", "args"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_engine_answers_again_after_its_restart()
    {
        Assert.SkipUnless(DockerEngine.SkipReason is null, DockerEngine.SkipReason ?? "");
        await using var network = await TestNetwork.CreateAsync();
        var node = await network.AddNodeAsync("node1");
        await using var engine = await DockerEngine.StartAsync(node.Namespace, node.PodGateway!);

        await engine.KillAsync();
        await engine.RestartAsync();

        Assert.True(File.Exists(engine.SocketPath));
    }
}
