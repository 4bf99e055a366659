using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables.Listing;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>
/// Checks that the lengths of a set's keys and values are those of their types. The kernel takes any length; nft would show
/// nonsense, or abort.
/// </summary>
internal static class FakeNftTypes
{
    public static void Check(NftSetDeclaration set, IpFamily family)
    {
        Assert.Equal(set.KeyTypes.Sum(type => LengthOf(type, family)), set.KeyLength);
        Assert.Equal(set.IsMap, set.DataTypes.Count > 0);
        Assert.Equal(set.GivesVerdicts ? 0 : set.DataTypes.Sum(type => LengthOf(type, family)), set.DataLength);
        Assert.Equal(set.Timeout > 0, (set.Flags & Wire.Set.TimeoutFlag) != 0);
    }

    private static int LengthOf(uint type, IpFamily family) => type switch
    {
        Wire.DataType.Ipv4Address when family == IpFamily.V4 => 4,
        Wire.DataType.Ipv6Address when family == IpFamily.V6 => 16,
        Wire.DataType.Protocol or Wire.DataType.Service or Wire.DataType.Mark => 4,
        _ => throw new InvalidOperationException($"no set of {family.Name} has fields of type {type}"),
    };
}
