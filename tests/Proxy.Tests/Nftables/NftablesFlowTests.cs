using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Nftables.Text;
using MiniK8s.Proxy.Tests.Iptables;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tests.Kit.Nft;

namespace MiniK8s.Proxy.Tests.Nftables;

/// <summary>The harbour by nftables, and its whole table in one file for reading.</summary>
public sealed class NftablesHarbourTests : HarbourTests
{
    private readonly NftWorld world;

    public NftablesHarbourTests()
        : this(new NftWorld())
    {
    }

    private NftablesHarbourTests(NftWorld world)
        : base(world) => this.world = world;

    [Fact]
    public void The_table_is_as_written_down()
    {
        var transaction = new NftTransaction(IpFamily.V4);
        NftTable.Create(world.Settings, world.Model, transaction);

        TestData.AssertMatches("harbour", "expected.nft", NftTableText.Of(transaction, IpFamily.V4));
    }
}

/// <summary>The matrix of masquerading by nftables.</summary>
public sealed class NftablesMasqueradeMatrixTests : MasqueradeMatrixTests
{
    private protected override IRuleWorld Create(WorldOptions options) => new NftWorld(options);
}

/// <summary>The ways in by nftables.</summary>
public sealed class NftablesEntryTests : EntryTests
{
    private protected override IRuleWorld Create() => new NftWorld();
}
