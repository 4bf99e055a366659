using System.Net;
using System.Net.Sockets;
using MiniK8s.Kubelet.Docker;
using MiniK8s.TestKit.Files;

namespace MiniK8s.Kubelet.Tests.Docker;

[Collection(nameof(EngineTests))]
public sealed class EngineDescriptionTests(EngineFixture fixture)
{
    [Fact]
    public async Task The_engine_tells_who_it_is()
    {
        await fixture.Client.PingAsync();
        var version = await fixture.Client.VersionAsync();
        var info = await fixture.Client.InfoAsync();

        Assert.NotEmpty(version.Version);
        Assert.True(Version.Parse(version.ApiVersion) >= new Version(1, 41));
        Assert.Equal("linux", version.OperatingSystem);
        Assert.True(info.Processors > 0);
        Assert.True(info.MemoryBytes > 1 << 20);
        Assert.StartsWith(Path.GetDirectoryName(fixture.Engine.SocketPath)!, info.RootDirectory, StringComparison.Ordinal);
        Assert.Contains(info.CgroupVersion, new[] { "1", "2" });
    }

    [Fact]
    public async Task Events_of_containers_with_a_label_arrive_also_those_of_the_past()
    {
        var name = fixture.NewName();
        var labels = new Dictionary<string, string> { ["watched"] = name };
        var id = await fixture.RunAsync("exit 4", spec => spec with { Labels = labels });
        await fixture.Client.WaitContainerAsync(id);
        await fixture.RunAsync("true");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var filter = new EventFilter { Kinds = ["container"], Labels = [$"watched={name}"], Since = DateTimeOffset.UnixEpoch };

        var events = new List<EngineEvent>();
        await foreach (var happened in fixture.Client.WatchEventsAsync(filter, deadline.Token))
        {
            events.Add(happened);
            if (happened.Action == "die")
            {
                await fixture.Client.RemoveContainerAsync(id);
            }
            else if (happened.Action == "destroy")
            {
                break;
            }
        }

        Assert.All(events, happened => Assert.Equal(("container", id), (happened.Kind, happened.Id)));
        Assert.Equal(["create", "start", "die", "destroy"], events.Select(happened => happened.Action));
        Assert.Equal("4", events[2].Attributes["exitCode"]);
        Assert.True(events[0].At <= events[3].At);
    }

    [Fact]
    public async Task Statistics_count_processes_memory_and_packets()
    {
        var id = await fixture.RunAsync("sleep 600 & sleep 600");

        await TestKit.Eventually.TrueAsync(async () => (await fixture.Client.StatsAsync(id)).Processes >= 2, "two processes are counted");
        var stats = await fixture.Client.StatsAsync(id);

        Assert.True(stats.CpuNanoseconds > 0);
        Assert.InRange(stats.WorkingSetBytes, 1UL, stats.MemoryBytes);
        Assert.True(stats.MemoryLimitBytes >= stats.MemoryBytes);
    }

    [Fact]
    public async Task An_engine_that_is_away_is_told_from_one_that_refuses()
    {
        using var folder = TestFolder.Create();
        using var client = new DockerClient(new Uri($"unix://{folder["docker.sock"]}"));

        var away = await Assert.ThrowsAsync<DockerUnavailableException>(() => client.VersionAsync());

        Assert.Contains(folder["docker.sock"], away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_in_time_is_away()
    {
        using var folder = TestFolder.Create();
        using var silent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        silent.Bind(new UnixDomainSocketEndPoint(folder["silent.sock"]));
        silent.Listen();
        using var client = new DockerClient(
            new Uri($"unix://{folder["silent.sock"]}"), new DockerClientOptions { RequestTimeout = TimeSpan.FromMilliseconds(50) });

        var away = await Assert.ThrowsAsync<DockerUnavailableException>(() => client.InfoAsync());

        Assert.Contains("no answer within", away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_of_another_kind_is_refused()
    {
        var refused = Assert.Throws<ArgumentException>(() => new DockerClient(new Uri("http://127.0.0.1:2375")));

        Assert.Contains("unix:// or tcp://", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_is_spoken_to_over_tcp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new DockerClient(new Uri($"tcp://{listener.LocalEndpoint}"));
        var answered = client.VersionAsync();

        using (var connection = await listener.AcceptTcpClientAsync())
        {
            // The first request asks for the oldest version that the engine still speaks; the second is made in it.
            Assert.Equal("GET /version HTTP/1.1", await AnswerAsync(connection, "{\"Version\":\"99\",\"MinAPIVersion\":\"1.44\"}"));
            Assert.Equal("GET /v1.44/version HTTP/1.1", await AnswerAsync(connection, "{\"Version\":\"99\",\"MinAPIVersion\":\"1.44\"}"));
        }

        Assert.Equal("99", (await answered).Version);
    }

    private static async Task<string?> AnswerAsync(TcpClient connection, string json)
    {
        using var reader = new StreamReader(connection.GetStream(), leaveOpen: true);
        var request = await reader.ReadLineAsync();
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
        }

        await using var writer = new StreamWriter(connection.GetStream(), leaveOpen: true);
        await writer.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}");
        return request;
    }
}
