using System.Net;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Tests.Docker;

[Collection(nameof(EngineTests))]
public sealed class NetworkTests(EngineFixture fixture)
{
    [Fact]
    public async Task A_network_is_created_with_subnet_and_bridge_and_removed()
    {
        var client = fixture.Client;
        var name = fixture.NewName();
        var id = await client.CreateNetworkAsync(new NetworkSpec
        {
            Name = name,
            Subnet = "10.200.1.0/24",
            Gateway = "10.200.1.1",
            Labels = new Dictionary<string, string> { ["made-by"] = name },
            Options = new Dictionary<string, string>
            {
                ["com.docker.network.bridge.name"] = "mk8s-test0",
                ["com.docker.network.bridge.enable_ip_masquerade"] = "false",
            },
        });

        var found = await client.FindNetworkAsync(name);
        var listed = (await client.ListNetworksAsync()).Single(network => network.Name == name);
        var link = await fixture.Namespace.RunAsync(["ip", "-4", "-o", "addr", "show", "mk8s-test0"]);
        await client.RemoveNetworkAsync(name);
        await client.RemoveNetworkAsync(name);

        Assert.Equal((id, "bridge"), (found!.Id, found.Driver));
        Assert.Equal(new NetworkSubnet("10.200.1.0/24", "10.200.1.1"), Assert.Single(found.Subnets));
        Assert.Equal(name, found.Labels["made-by"]);
        Assert.Equal("false", found.Options["com.docker.network.bridge.enable_ip_masquerade"]);
        Assert.Equal(id, listed.Id);
        Assert.Contains("10.200.1.1/24", link, StringComparison.Ordinal);
        Assert.Null(await client.FindNetworkAsync(name));
    }

    [Fact]
    public async Task A_container_has_the_address_it_asked_for_and_joins_and_leaves_a_further_network()
    {
        var client = fixture.Client;
        var (home, away) = (fixture.NewName(), fixture.NewName());
        await client.CreateNetworkAsync(new NetworkSpec { Name = home, Subnet = "10.200.2.0/24" });
        await client.CreateNetworkAsync(new NetworkSpec { Name = away, Subnet = "10.200.3.0/24" });
        var id = await fixture.RunAsync(
            "sleep 600", spec => spec with { Networking = new ContainerNetworking { Mode = home, Address = "10.200.2.77" } });

        await client.ConnectNetworkAsync(away, id, "10.200.3.88");
        var both = (await client.FindContainerAsync(id))!;
        var members = (await client.FindNetworkAsync(away))!.Containers;
        await client.DisconnectNetworkAsync(away, id);
        var one = (await client.FindContainerAsync(id))!;

        Assert.Equal(home, both.NetworkMode);
        Assert.Equal("10.200.2.77", both.Networks[home].Address);
        Assert.Equal(("10.200.3.88", 24), (both.Networks[away].Address, both.Networks[away].PrefixLength));
        Assert.Equal("10.200.3.88/24", members[id]);
        Assert.Equal(home, Assert.Single(one.Networks).Key);
    }

    [Fact]
    public async Task A_subnet_that_overlaps_is_refused()
    {
        await fixture.Client.CreateNetworkAsync(new NetworkSpec { Name = fixture.NewName(), Subnet = "10.200.4.0/24" });

        var refused = await Assert.ThrowsAsync<DockerApiException>(
            () => fixture.Client.CreateNetworkAsync(new NetworkSpec { Name = fixture.NewName(), Subnet = "10.200.4.0/25" }));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("overlaps", refused.Message, StringComparison.Ordinal);
    }
}
