using System.Diagnostics;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.E2E.Tests.Equipment;

public sealed class StaleRemainsTests
{
    [Fact]
    public async Task What_a_killed_test_process_left_is_swept_and_what_a_live_one_uses_is_not()
    {
        Assert.SkipUnless(NetworkNamespace.SkipReason is null, NetworkNamespace.SkipReason ?? "");
        using var used = TestFolder.Create();
        var ended = await EndedProcessAsync();
        var left = Path.Combine(Path.GetDirectoryName(used.FullPath)!, $"mk8s-{ended}-1");
        Directory.CreateDirectory(Path.Combine(left, "data"));
        await Command.RunAsync(["ip", "netns", "add", $"mk8s-{ended}-1-node"]);
        await Command.RunAsync(["mount", "-t", "tmpfs", "none", Path.Combine(left, "data")]);
        using var server = Process.Start("sh", ["-c", "sleep 600; true", $"{left}/socket"]);

        StaleRemains.Sweep();

        Assert.False(Directory.Exists(left));
        Assert.False(File.Exists($"/run/netns/mk8s-{ended}-1-node"));
        Assert.True(server.WaitForExit(TimeSpan.FromSeconds(5)), "the process that named the folder still runs");
        Assert.True(Directory.Exists(used.FullPath));
    }

    private static async Task<int> EndedProcessAsync()
    {
        using var process = Process.Start("true", []);
        await process.WaitForExitAsync();
        return process.Id;
    }
}
