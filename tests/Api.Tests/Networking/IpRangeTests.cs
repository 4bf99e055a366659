using System.Net;
using MiniK8s.Api.Networking;

namespace MiniK8s.Api.Tests.Networking;

public sealed class IpRangeTests
{
    [Theory]
    [InlineData("10.0.0.0/24", 254)]
    [InlineData("10.0.0.0/30", 2)]
    [InlineData("10.0.0.0/31", 0)]
    [InlineData("10.0.0.0/32", 0)]
    [InlineData("fd00::/112", 65535)]
    [InlineData("fd00::/64", 65535)]
    [InlineData("fd00::/124", 15)]
    public void A1_network_and_broadcast_are_not_usable_and_v6_is_capped(string cidr, long count) =>
        Assert.Equal(count, IpRange.Parse(cidr).Count);

    [Theory]
    [InlineData("10.0.0.0/28", 0)]
    [InlineData("10.0.0.0/30", 0)]
    [InlineData("10.0.0.0/27", 16)]
    [InlineData("10.0.0.0/22", 64)]
    [InlineData("10.0.0.0/8", 256)]
    [InlineData("10.96.0.0/16", 256)]
    [InlineData("fd00::/64", 256)]
    public void A9_static_band_of_addresses(string cidr, int count) => Assert.Equal(count, IpRange.Parse(cidr).StaticCount);

    [Theory]
    [InlineData("10.0.0.255", false, false)]
    [InlineData("10.0.1.0", true, false)]
    [InlineData("10.0.1.1", true, true)]
    [InlineData("10.0.1.254", true, true)]
    [InlineData("10.0.1.255", true, false)]
    [InlineData("10.0.2.1", false, false)]
    [InlineData("fd00::1", false, false)]
    public void A3_only_addresses_between_network_and_broadcast_are_usable(string address, bool contained, bool usable)
    {
        var range = IpRange.Parse("10.0.1.0/24");
        Assert.Equal(contained, range.Contains(IPAddress.Parse(address)));
        Assert.Equal(usable, range.IsUsable(IPAddress.Parse(address)));
    }

    [Fact]
    public void A1_last_address_of_a_v6_block_is_usable() => Assert.True(IpRange.Parse("fd00::/124").IsUsable(IPAddress.Parse("fd00::f")));

    [Fact]
    public void A15_first_is_the_one_after_the_network() => Assert.Equal("10.96.0.1", IpRange.Parse("10.96.0.0/16").First.ToString());

    [Fact]
    public void Bits_after_the_prefix_are_dropped() => Assert.Equal("10.96.0.0/16", IpRange.Parse("10.96.3.4/16").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("10.96.0.0")]
    [InlineData("10.96.0.0/33")]
    [InlineData("10.96.0.0/-1")]
    [InlineData("10.96.0.0/08")]
    [InlineData("010.96.0.0/16")]
    [InlineData("10.96/16")]
    [InlineData("fd00::/129")]
    public void What_is_no_CIDR_is_refused_by_name(string text)
    {
        Assert.False(IpRange.TryParse(text, out _));
        Assert.Contains($"\"{text}\"", Assert.Throws<FormatException>(() => IpRange.Parse(text)).Message, StringComparison.Ordinal);
    }
}
