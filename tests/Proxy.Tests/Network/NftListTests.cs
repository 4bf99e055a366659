using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Nftables.Text;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tests.Kit.Nft;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>What nft shows of a table in the kernel, and that it is what our own text says.</summary>
public sealed partial class NftListTests
{
    [Fact]
    public async Task The_harbour_is_listed_as_we_write_it()
    {
        var world = new NftWorld().Put(TestData.Objects("harbour"));
        world.Sync();

        await AssertListedAsWrittenAsync(world.Settings, world.Model);
    }

    [Theory]
    [InlineData("IPv4", false)]
    [InlineData("IPv6", false)]
    [InlineData("IPv4", true)]
    [InlineData("IPv6", true)]
    public async Task A_table_with_every_feature_is_listed_as_we_write_it(string name, bool isOtherwise)
    {
        var isV4 = name == IpFamily.V4.Name;
        var settings = new NftSettings { Family = isV4 ? IpFamily.V4 : IpFamily.V6, PodCidr = IPNetwork.Parse(isV4 ? "10.244.0.0/16" : "fd00:10::/56") };
        var model = EveryFeature.Model(settings.Family);
        if (isOtherwise)
        {
            settings = settings with { PodCidr = null, MasqueradeAll = true };
            model = model with { Node = model.Node with { NodePortAddresses = [IPAddress.Parse(isV4 ? "192.168.77.1" : "fd00:77::1")] } };
        }

        await AssertListedAsWrittenAsync(settings, model);
    }

    private static async Task AssertListedAsWrittenAsync(NftSettings settings, ProxyModel model)
    {
        var reason = NetworkNamespace.SkipReason ?? Tools.SkipReason("nft");
        Assert.SkipUnless(reason is null, reason ?? "");
        var transaction = new NftTransaction(settings.Family);
        NftTable.Create(settings, model, transaction);
        using var inside = await NetworkNamespace.CreateAsync("list");
        using var kernel = NftKernelTests.KernelIn(inside);
        kernel.Commit(transaction);

        Assert.Equal(Normal(NftTableText.Of(transaction, settings.Family)), Normal(await inside.RunAsync(["nft", "list", "ruleset"])));
        using var json = JsonDocument.Parse(await inside.RunAsync(["nft", "-j", "list", "ruleset"]));
        Assert.Contains(json.RootElement.GetProperty("nftables").EnumerateArray(), item => item.TryGetProperty("chain", out _));
    }

    /// <summary>Without what nft does for the eye, and elements in an order of their own.</summary>
    private static string Normal(string text)
    {
        var sorted = Elements().Replace(text, match =>
            $"elements = {{ {string.Join(",\n", match.Groups[1].Value.Split(',').Select(element => Blanks().Replace(element, " ").Trim()).Order(StringComparer.Ordinal))} }}");
        return string.Join('\n', sorted.Split('\n').Select(line => Blanks().Replace(line, " ").Trim()).Where(line => line.Length > 0));
    }

    [GeneratedRegex(@"elements = \{(.*?) \}", RegexOptions.Singleline)]
    private static partial Regex Elements();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
