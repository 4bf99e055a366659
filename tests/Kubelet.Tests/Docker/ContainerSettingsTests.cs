using System.Text;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Tests.Docker;

/// <summary>What a specification asks for is what the processes of the container see.</summary>
[Collection(nameof(EngineTests))]
public sealed class ContainerSettingsTests(EngineFixture fixture)
{
    [Fact]
    public async Task Environment_folder_user_host_name_and_arguments_arrive()
    {
        var output = await OutputAsync(
            "echo $GREETING; pwd; id -u; id -g; hostname; echo $0",
            spec => spec with
            {
                Environment = [new("GREETING", "first"), new("GREETING", "hello = there")],
                WorkingDirectory = "/etc",
                User = "65534:0",
                Hostname = "named",
                Command = ["argument"],
            });

        Assert.Equal(["hello = there", "/etc", "65534", "0", "named", "argument"], output);
    }

    [Fact]
    public async Task Mounts_show_the_hosts_files_and_obey_read_only()
    {
        using var folder = TestKit.Files.TestFolder.Create();
        await File.WriteAllTextAsync(folder["told"], "from the host\n");

        var output = await OutputAsync(
            "cat /given/told; touch /given/x 2>/dev/null || echo refused; df -k /scratch | tail -n 1 | awk '{print $2}'; echo kept >/writable/back",
            spec => spec with
            {
                Mounts =
                [
                    new ContainerMount(MountKind.Bind, folder.FullPath, "/given", ReadOnly: true),
                    new ContainerMount(MountKind.Bind, folder.FullPath, "/writable"),
                    new ContainerMount(MountKind.Tmpfs, "", "/scratch", SizeBytes: 1 << 20),
                ],
            });

        Assert.Equal(["from the host", "refused", "1024"], output);
        Assert.Equal("kept\n", await File.ReadAllTextAsync(folder["back"]));
    }

    [Fact]
    public async Task Security_limits_and_kernel_parameters_hold()
    {
        var output = await OutputAsync(
            "touch /x 2>/dev/null || echo read-only; grep CapEff /proc/self/status | tr -d '\\t'; cat /proc/sys/net/ipv4/ip_local_port_range | tr '\\t' ' '; cat /proc/self/oom_score_adj",
            spec => spec with
            {
                Security = new ContainerSecurity
                {
                    ReadOnlyRootFileSystem = true,
                    DropCapabilities = ["ALL"],
                    AddCapabilities = ["NET_BIND_SERVICE"],
                    Sysctls = new Dictionary<string, string> { ["net.ipv4.ip_local_port_range"] = "40000 50000" },
                },
                Resources = new ContainerResources { MemoryBytes = 64 << 20, CpuShares = 100, OomScoreAdjustment = 500 },
            });

        Assert.Equal(["read-only", "CapEff:0000000000000400", "40000 50000", "500"], output);
    }

    [Fact]
    public async Task Name_servers_search_list_and_hosts_are_written()
    {
        var output = await OutputAsync(
            "cat /etc/resolv.conf; grep example /etc/hosts",
            spec => spec with
            {
                Networking = new ContainerNetworking
                {
                    DnsServers = ["10.96.0.10"], DnsSearch = ["svc.cluster.local"], DnsOptions = ["ndots:5"], ExtraHosts = ["example:10.1.2.3"],
                },
            });

        Assert.Contains("nameserver 10.96.0.10", output);
        Assert.Contains("search svc.cluster.local", output);
        Assert.Contains("options ndots:5", output);
        Assert.Contains("10.1.2.3\texample", output);
    }

    [Fact]
    public async Task A_container_joins_anothers_network_namespace()
    {
        var owner = await fixture.RunAsync("sleep 600", spec => spec with { Hostname = "owner" });
        var address = (await fixture.Client.FindContainerAsync(owner))!.Networks["bridge"].Address;

        var output = await OutputAsync(
            "ip -4 -o addr show eth0 | awk '{print $4}'",
            spec => spec with { Networking = new ContainerNetworking { Mode = $"container:{owner}" } });

        Assert.Equal($"{address}/24", Assert.Single(output));
    }

    [Fact]
    public async Task A_published_port_answers_on_the_hosts_address()
    {
        await fixture.RunAsync(
            "exec /bin/serve",
            spec => spec with { Hostname = "published", Networking = new ContainerNetworking { Ports = [new PublishedPort(8080, "TCP", 18080)] } });
        using var http = fixture.Namespace.CreateHttpClient();

        await TestKit.Eventually.TrueAsync(
            async () => await http.GetStringAsync(new Uri("http://10.244.1.1:18080/")) == "published\n", "the published port answers");
    }

    private async Task<string[]> OutputAsync(string script, Func<ContainerSpec, ContainerSpec> change)
    {
        var id = await fixture.RunAsync(script, change);
        await fixture.Client.WaitContainerAsync(id);
        var text = new StringBuilder();
        await foreach (var frame in fixture.Client.ReadLogsAsync(id, new LogRequest()))
        {
            text.Append(Encoding.UTF8.GetString(frame.Data.Span));
        }

        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
