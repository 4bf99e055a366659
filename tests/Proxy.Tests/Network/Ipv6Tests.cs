using System.Net;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tracking;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>The rules of the other family, given to a real ip6tables.</summary>
public sealed class Ipv6Tests
{
    private readonly ChangeTracker tracker = new(new TrackerOptions(IpFamily.V6, Given.NodeName, Balancing.RoundRobin));

    [Theory]
    [InlineData("nft")]
    [InlineData("legacy")]
    public async Task The_kernel_takes_the_rules_of_ipv6(string variant)
    {
        var reason = NetworkNamespace.SkipReason ?? Tools.SkipReason("ip6tables-nft", "ip6tables-legacy");
        Assert.SkipUnless(reason is null, reason ?? "");
        var service = Given.Service("web", "10.96.0.10", spec => Given.NodePort(spec, 30080) with
        {
            ClusterIPs = ["10.96.0.10", "fd00:96::10"], SessionAffinity = "ClientIP", ExternalTrafficPolicy = "Local",
        });
        Add(service, "fd00:10::1", "fd00:10::2");
        Add(Given.Service("empty", "10.96.0.11", spec => spec with { ClusterIPs = ["10.96.0.11", "fd00:96::11"] }));
        var model = tracker.Take().Current;
        var script = new ScriptBuilder(new IptablesSettings { Family = IpFamily.V6, PodCidr = IPNetwork.Parse("fd00:10::/56") }).Full(model, KernelTables.Empty);
        using var inside = await NetworkNamespace.CreateAsync("six");

        await inside.RunAsync([$"ip6tables-{variant}-restore", "--noflush"], script.ToString());

        var rules = await inside.RunAsync([$"ip6tables-{variant}-save"]);
        Assert.Contains("--to-destination [fd00:10::1]:8080", rules, StringComparison.Ordinal);
        Assert.Contains("-d fd00:96::11/128", rules, StringComparison.Ordinal);
        Assert.Contains("icmp6-port-unreachable", rules, StringComparison.Ordinal);
        Assert.Contains("! -d ::1/128", rules, StringComparison.Ordinal);
        Assert.DoesNotContain("10.96.", rules, StringComparison.Ordinal);
    }

    private void Add(Service service, params string[] endpoints)
    {
        tracker.Apply(new CacheChange<Service>(ObjectKey.Of(service), null, service));
        var slice = Given.Slice(service.Metadata.Name!, [.. endpoints.Select(Given.Local)]) with { AddressType = "IPv6" };
        tracker.Apply(new CacheChange<EndpointSlice>(ObjectKey.Of(slice), null, slice));
    }
}
