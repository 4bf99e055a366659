using System.Net;
using MiniK8s.TestKit.Network;

namespace MiniK8s.E2E.Tests.Equipment;

public sealed class TestNetworkTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Hosts_reach_each_other_and_each_others_pod_subnets()
    {
        Assert.SkipUnless(TestNetwork.SkipReason is null, TestNetwork.SkipReason ?? "");
        await using var network = await TestNetwork.CreateAsync();
        var first = await network.AddNodeAsync("node1");
        var second = await network.AddNodeAsync("node2");
        var client = await network.AddHostAsync("client");

        // The gateway of a pod subnet, put on the loopback device, stands for a pod.
        await first.Namespace.IpAsync($"addr add {first.PodGateway} dev lo");

        await second.Namespace.RunAsync(["busybox", "ping", "-c", "1", "-W", "2", $"{first.Address}"], timeout: Limit);
        await second.Namespace.RunAsync(["busybox", "ping", "-c", "1", "-W", "2", "10.244.1.1"], timeout: Limit);
        await client.Namespace.RunAsync(["busybox", "ping", "-c", "1", "-W", "2", "10.244.1.1"], timeout: Limit);
    }

    [Fact]
    public async Task A_packet_for_an_unknown_address_ends_at_the_switch()
    {
        Assert.SkipUnless(TestNetwork.SkipReason is null, TestNetwork.SkipReason ?? "");
        await using var network = await TestNetwork.CreateAsync();
        var host = await network.AddHostAsync("alone");

        var answer = await host.Namespace.TryAsync(["busybox", "ping", "-c", "1", "-W", "1", "10.96.0.100"], timeout: Limit);

        Assert.NotEqual(0, answer.ExitCode);
        Assert.Contains("100% packet loss", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("eth", await host.Namespace.RunAsync(["ip", "-o", "link", "show", "type", "bridge"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_of_this_process_speaks_from_inside_a_namespace()
    {
        Assert.SkipUnless(TestNetwork.SkipReason is null, TestNetwork.SkipReason ?? "");
        await using var network = await TestNetwork.CreateAsync();
        var server = await network.AddHostAsync("server");
        var client = await network.AddHostAsync("client");
        using var listener = server.Namespace.CreateSocket(
            System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(server.Address, 8080));
        listener.Listen();
        var served = ServeOnceAsync(listener);

        using var http = client.Namespace.CreateHttpClient();
        http.Timeout = Limit;
        var body = await http.GetStringAsync(new Uri($"http://{server.Address}:8080/"));

        Assert.Equal("hello", body);
        Assert.Equal(client.Address, await served);
    }

    [Fact]
    public async Task Disposing_removes_every_namespace()
    {
        Assert.SkipUnless(TestNetwork.SkipReason is null, TestNetwork.SkipReason ?? "");
        var network = await TestNetwork.CreateAsync();
        var host = await network.AddHostAsync("gone");
        Assert.True(File.Exists(host.Namespace.FullPath));

        await network.DisposeAsync();

        Assert.False(File.Exists(host.Namespace.FullPath));
    }

    private static async Task<IPAddress> ServeOnceAsync(System.Net.Sockets.Socket listener)
    {
        using var connection = await listener.AcceptAsync();
        await using var stream = new System.Net.Sockets.NetworkStream(connection);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
        }

        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"u8.ToArray());
        return ((IPEndPoint)connection.RemoteEndPoint!).Address;
    }
}
