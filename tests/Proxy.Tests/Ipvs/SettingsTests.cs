using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.TestKit.Files;

namespace MiniK8s.Proxy.Tests.Ipvs;

/// <summary>What the IPVS mode takes, sets and tells.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void An_unknown_scheduler_is_refused_by_option_and_value()
    {
        var wrong = new ProxyOptions { NodeName = "n1", Mode = "ipvs", IpvsScheduler = "random" }.Validate();

        Assert.Equal("--ipvs-scheduler: \"random\" is unknown; give one of rr, wrr, lc, wlc, lblc, lblcr, sh, dh, sed, nq, mh, fo, ovf", Assert.Single(wrong));
    }

    [Fact]
    public void What_services_need_of_the_kernel_is_set_and_nothing_else()
    {
        using var folder = TestFolder.Create();
        Directory.CreateDirectory(folder["net/ipv4/vs"]);
        foreach (var name in (string[])["conntrack", "expire_nodest_conn", "expire_quiescent_template", "conn_reuse_mode"]) File.WriteAllText(folder[$"net/ipv4/vs/{name}"], "0\n");

        new KernelSettings(folder.FullPath).Apply();

        Assert.Equal("1", File.ReadAllText(folder["net/ipv4/vs/conntrack"]));
        Assert.Equal("1", File.ReadAllText(folder["net/ipv4/vs/expire_nodest_conn"]));
        Assert.Equal("1", File.ReadAllText(folder["net/ipv4/vs/expire_quiescent_template"]));
        Assert.Equal("0\n", File.ReadAllText(folder["net/ipv4/vs/conn_reuse_mode"]));
    }

    [Fact]
    public void A_setting_that_cannot_be_made_is_named()
    {
        using var folder = TestFolder.Create();

        var failure = Assert.Throws<IpvsException>(new KernelSettings(folder.FullPath).Apply);

        Assert.StartsWith("net.ipv4.vs.conntrack must be 1 and cannot be set", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_shows_sets_redirections_and_servers_as_their_own_tools_do()
    {
        var world = new World().Put(
            Given.Service("web", "10.96.0.10", spec => Given.NodePort(spec, 30080) with { ExternalTrafficPolicy = "Local" }), Given.Slice("web", Given.Local("10.244.1.1")));
        world.SyncFull();

        var blocks = new IpvsRuleText(new IpvsSettings(world.Settings)).RulesOf(world.Model, new ServicePortName("shop", "web", "http", TransportProtocol.Tcp));

        Assert.Equal(
            [
                "ipset KUBE-CLUSTER-IP: add KUBE-CLUSTER-IP 10.96.0.10,tcp:80",
                "ipset KUBE-EXTERNAL-IP-LOCAL: add KUBE-EXTERNAL-IP-LOCAL 192.168.77.1,tcp:30080",
                "ipset KUBE-LOOP-BACK: add KUBE-LOOP-BACK 10.244.1.1,tcp:8080,10.244.1.1",
                "nat KUBE-IPVS-INSIDE: -A KUBE-IPVS-INSIDE -m tcp -p tcp -d 192.168.77.1 --dport 30080 -j DNAT --to-destination 10.96.0.10:80",
                "ipvs -t 10.96.0.10:80: -A -t 10.96.0.10:80 -s rr; -a -t 10.96.0.10:80 -r 10.244.1.1:8080 -m -w 1",
                "ipvs -t 192.168.77.1:30080: -A -t 192.168.77.1:30080 -s rr; -a -t 192.168.77.1:30080 -r 10.244.1.1:8080 -m -w 1",
            ],
            blocks.Select(block => $"{block.Place}: {string.Join("; ", block.Lines)}"));
    }
}
