using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Ipvs;

/// <summary>Twenty-five Services, each with another trait, and all that IPVS holds for them in one file for reading.</summary>
public sealed class HarbourTests
{
    [Fact]
    public async Task Servers_addresses_and_sets_are_as_written_down()
    {
        var ipvs = new IpvsWorld(new World().Put(TestData.Objects("harbour")));
        await ipvs.SyncAsync();

        TestData.AssertMatches("harbour", "expected.ipvs", ipvs.Kernel.Save());
    }

    [Fact]
    public async Task The_rules_beside_them_are_as_written_down()
    {
        var ipvs = new IpvsWorld(new World().Put(TestData.Objects("harbour")));
        await ipvs.SyncAsync();

        TestData.AssertMatches("harbour", "expected.ipvs-rules", ipvs.Rules.Tables.Save());
    }
}
