using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Networking;
using MiniK8s.ControllerManager.Tests.World;
using MiniK8s.TestKit;

namespace MiniK8s.ControllerManager.Tests.AddressAllocation;

public sealed class AddressAllocationControllerTests
{
    private static Service New(string name, string type = "ClusterIP", string? policy = null) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Spec = new ServiceSpec { Type = type, ExternalTrafficPolicy = policy, Ports = [new ServicePort { Name = "a", Port = 80 }] },
    };

    [Fact]
    public async Task Create_answers_with_what_the_type_calls_for()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.RunControllersAsync();

        var plain = await cluster.CreateAsync(New("plain"));
        Assert.True(ServiceNetwork.Default.Addresses[0].IsUsable(System.Net.IPAddress.Parse(plain.Spec!.ClusterIP!)));
        Assert.Equal([plain.Spec.ClusterIP!], plain.Spec.ClusterIPs);
        Assert.Equal(["IPv4"], plain.Spec.IpFamilies);
        Assert.Equal("SingleStack", plain.Spec.IpFamilyPolicy);

        var node = await cluster.CreateAsync(New("node", "NodePort"));
        Assert.InRange(node.Spec!.Ports[0].NodePort ?? 0, 30000, 32767);
        var local = await cluster.CreateAsync(New("local", "LoadBalancer", "Local"));
        Assert.InRange(local.Spec!.HealthCheckNodePort ?? 0, 30000, 32767);
        Assert.NotEqual(local.Spec.HealthCheckNodePort, local.Spec.Ports[0].NodePort);

        var changed = await cluster.ChangeAsync<Service>("default", "plain", s => s.With(spec => spec with { Type = "NodePort" }));
        Assert.Equal(plain.Spec.ClusterIP, changed.Spec!.ClusterIP);
        Assert.InRange(changed.Spec.Ports[0].NodePort ?? 0, 30000, 32767);
    }

    [Fact]
    public async Task Services_made_while_no_controller_ran_get_their_addresses_when_one_comes()
    {
        await using var cluster = await TestCluster.StartAsync(o => o with { ServiceAllocationWait = TimeSpan.Zero });
        Assert.True(string.IsNullOrEmpty((await cluster.CreateAsync(New("early"))).Spec!.ClusterIP));
        await cluster.RunControllersAsync();
        await cluster.UntilAsync<Service>("default", "early", s => ServiceAllocation.IsComplete(s), "the early Service gets its address");
    }

    [Fact]
    public async Task Full_range_is_told_and_a_freed_address_is_given_again()
    {
        const string Range = "10.96.0.0/29";
        await using var cluster = await TestCluster.StartAsync(o => o with { ServiceClusterIpRange = Range, ServiceAllocationWait = TimeSpan.Zero });
        var clock = new TestKit.Time.ManualClock();
        await cluster.RunControllersAsync(new() { Network = new([IpRange.Parse(Range)], PortRange.Default) }, clock);
        for (var i = 0; i < 6; i++)
        {
            // The server may keep the first address for the Service "kubernetes".
            if (await cluster.FindAsync<Service>("default", "kubernetes") is not null && i == 5) break;
            await cluster.CreateAsync(New($"s{i}"));
            await cluster.UntilAsync<Service>("default", $"s{i}", s => ServiceAllocation.IsComplete(s), $"s{i} gets one of the few addresses");
        }

        await cluster.CreateAsync(New("late"));
        await Eventually.TrueAsync(
            async () => (await cluster.Client.ListAsync<Event>("default")).Items.Any(e => e.InvolvedObject.Name == "late" && e.Type == "Warning" && e.Message == $"no address is free in {Range}"),
            "an event tells why the late Service has no address");

        var freed = (await cluster.Client.GetAsync<Service>("default", "s0")).Spec!.ClusterIP;
        await cluster.Client.DeleteAsync<Service>("default", "s0");
        await Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(10));
                return (await cluster.Client.GetAsync<Service>("default", "late")).Spec!.ClusterIP == freed;
            },
            "the late Service gets the address that was freed");
    }

    [Fact]
    public async Task Two_controllers_that_work_at_once_never_give_an_address_twice()
    {
        // So few addresses that both choose the same ones again and again.
        const string Range = "10.96.0.0/25";
        var options = new ControllerManagerOptions { Network = new([IpRange.Parse(Range)], new PortRange(30000, 30119)) };
        await using var cluster = await TestCluster.StartAsync(o => o with { ServiceClusterIpRange = Range, ServiceNodePortRange = "30000-30119" });
        await cluster.RunControllersAsync(options);
        await cluster.RunControllersAsync(options);
        var made = await Task.WhenAll(Enumerable.Range(0, 110).Select(i => cluster.Client.CreateAsync(New($"s{i}", "NodePort"))));
        AssertDistinct(made, 110);
    }

    [Fact]
    public async Task Twenty_writers_of_200_services_and_a_controller_that_stops_and_starts()
    {
        await using var cluster = await TestCluster.StartAsync();
        var restarts = RestartAsync(cluster);

        // Each answer waits for the address, so at every stop up to twenty Services are in the middle of it.
        await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++) await cluster.Client.CreateAsync(New($"w{writer}-{i}", i % 2 == 0 ? "NodePort" : "ClusterIP"));
        })));
        await restarts;
        AssertDistinct(await MineAsync(cluster), 200);
    }

    [Fact]
    public async Task Address_that_a_user_names_is_kept_and_one_that_is_taken_is_refused()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.RunControllersAsync();
        var named = await cluster.CreateAsync(New("named").With(s => s with { ClusterIP = "10.96.0.100" }));
        Assert.Equal("10.96.0.100", named.Spec!.ClusterIP);
        var refusal = await Assert.ThrowsAsync<ApiException>(() => cluster.CreateAsync(New("second").With(s => s with { ClusterIP = "10.96.0.100" })));
        Assert.Equal(422, refusal.Code);
    }

    private static async Task<IReadOnlyList<Service>> MineAsync(TestCluster cluster) =>
        [.. (await cluster.Client.ListAsync<Service>("default")).Items.Where(s => s.Metadata.Name != "kubernetes")];

    /// <summary>Stops the controllers after each fortieth Service, wherever they are, and starts new ones.</summary>
    private static async Task RestartAsync(TestCluster cluster)
    {
        for (var done = 40; done < 200; done += 40)
        {
            await using var controllers = await cluster.RunControllersAsync();
            await Eventually.TrueAsync(async () => (await MineAsync(cluster)).Count(ServiceAllocation.IsComplete) >= done, $"{done} Services have what they need");
        }

        await cluster.RunControllersAsync();
    }

    private static void AssertDistinct(IReadOnlyCollection<Service> services, int count)
    {
        Assert.Equal(count, services.Count);
        Assert.All(services, s => Assert.True(ServiceAllocation.IsComplete(s), $"{s.Metadata.Name} is not complete"));
        Assert.Equal(count, services.Select(s => s.Spec!.ClusterIP).Distinct().Count());
        var ports = services.SelectMany(ServiceAllocation.NodePortsOf).ToList();
        Assert.Equal(ports.Count, ports.Distinct().Count());
    }
}
