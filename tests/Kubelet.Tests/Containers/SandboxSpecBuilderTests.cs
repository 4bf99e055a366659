using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Tests.Planning;

namespace MiniK8s.Kubelet.Tests.Containers;

public class SandboxSpecBuilderTests
{
    [Fact]
    public void The_sandbox_has_the_pods_name_and_network()
    {
        var spec = Build(spec => spec);
        Assert.Equal(("k8s_POD_web_default_u1_0", "pause", "web"), (spec.Name, spec.Image, spec.Hostname));
        Assert.Equal(("minik8s", "shareable", null), (spec.Networking.Mode, spec.Networking.IpcMode, spec.Networking.PidMode));
        Assert.Equal("", spec.Labels[PodLabels.Container]);
    }

    [Fact]
    public void Host_ports_are_published_and_other_ports_are_not()
    {
        var ports = Build(spec => spec with
        {
            Containers =
            [
                PodCases.Container("a") with { Ports = [new ContainerPort { ContainerPortValue = 80 }, new ContainerPort { ContainerPortValue = 81, HostPort = 8081 }] },
                PodCases.Container("b") with { Ports = [new ContainerPort { ContainerPortValue = 53, HostPort = 53, Protocol = "UDP", HostIP = "127.0.0.1" }] },
            ],
        }).Networking.Ports;
        Assert.Equal([new PublishedPort(81, "tcp", 8081), new PublishedPort(53, "udp", 53, "127.0.0.1")], ports);
    }

    [Fact]
    public void On_the_hosts_network_nothing_is_published_and_the_host_keeps_its_name()
    {
        var spec = Build(spec => spec with
        {
            HostNetwork = true,
            Containers = [PodCases.Container("a") with { Ports = [new ContainerPort { ContainerPortValue = 80, HostPort = 80 }] }],
        });
        Assert.Equal(("host", null), (spec.Networking.Mode, spec.Hostname));
        Assert.Empty(spec.Networking.Ports);
    }

    [Theory]
    [InlineData("short", null, "short")]
    [InlineData("pod", "asked", "asked")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123456", null, "a23456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012-456", null, "a2345678901234567890123456789012345678901234567890123456789012")]
    public void The_host_name_fits_the_kernel(string pod, string? asked, string expected)
    {
        var spec = PodCases.Pod("a") is var given ? given with { Metadata = given.Metadata with { Name = pod }, Spec = given.Spec! with { Hostname = asked } } : given;
        Assert.Equal(expected, SandboxSpecBuilder.Build(spec, 0, Settings).Hostname);
    }

    [Fact]
    public void Name_servers_aliases_and_kernel_parameters_are_the_pods()
    {
        var spec = Build(spec => spec with
        {
            DnsPolicy = "ClusterFirst",
            DnsConfig = new PodDNSConfig { Nameservers = ["10.96.0.10"], Searches = ["example.org"], Options = [new PodDNSConfigOption { Name = "ndots", Value = "5" }, new PodDNSConfigOption { Name = "rotate" }] },
            HostAliases = [new HostAlias { Ip = "192.0.2.9", Hostnames = ["db", "db.example.org"] }],
            SecurityContext = new PodSecurityContext { Sysctls = [new Sysctl { Name = "net.core.somaxconn", Value = "1024" }] },
        });
        Assert.Equal(["10.96.0.10"], spec.Networking.DnsServers);
        Assert.Equal(["default.svc.cluster.local", "svc.cluster.local", "cluster.local", "example.org"], spec.Networking.DnsSearch);
        Assert.Equal(["ndots:5", "rotate"], spec.Networking.DnsOptions);
        Assert.Equal(["db:192.0.2.9", "db.example.org:192.0.2.9"], spec.Networking.ExtraHosts);
        Assert.Equal("1024", spec.Security.Sysctls["net.core.somaxconn"]);
    }

    private static SandboxSettings Settings { get; } = new("n1", "minik8s", "pause");

    private static ContainerSpec Build(Func<PodSpec, PodSpec> change)
    {
        var pod = PodCases.Pod("a");
        return SandboxSpecBuilder.Build(pod with { Spec = change(pod.Spec!) }, 0, Settings);
    }
}
