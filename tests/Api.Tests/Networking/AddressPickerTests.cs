using System.Net;
using MiniK8s.Api.Networking;

namespace MiniK8s.Api.Tests.Networking;

public sealed class AddressPickerTests
{
    private readonly Random random = new(20260101);

    [Theory]
    [InlineData("10.0.0.0/24", 16)]
    [InlineData("10.0.0.0/28", 0)]
    [InlineData("fd00::/120", 16)]
    public void A2_A9_all_addresses_are_given_once_and_the_static_band_last(string cidr, int staticCount)
    {
        var range = IpRange.Parse(cidr);
        var taken = new List<IPAddress>();
        while (AddressPicker.Pick(range, taken.Contains, random) is { } address) taken.Add(address);

        Assert.Equal(range.Count, taken.Count);
        Assert.Equal(taken.Count, taken.Distinct().Count());
        var band = Enumerable.Range(0, staticCount).Select(index => range.At(index));
        Assert.Equal(band.ToHashSet(), taken[^staticCount..].ToHashSet());
    }

    [Fact]
    public void A11_the_only_free_address_is_found_wherever_it_is()
    {
        var range = IpRange.Parse("10.0.0.0/26");
        for (var index = 0; index < range.Count; index++)
        {
            var free = range.At(index);
            Assert.Equal(free, AddressPicker.Pick(range, address => !address.Equals(free), random));
        }
    }

    [Fact]
    public void A11_choice_is_random()
    {
        var range = IpRange.Parse("10.96.0.0/16");
        var picks = Enumerable.Range(0, 50).Select(_ => AddressPicker.Pick(range, _ => false, random)).Distinct();
        Assert.True(picks.Count() > 40);
    }

    [Fact]
    public void A2_a_full_range_gives_nothing()
    {
        Assert.Null(AddressPicker.Pick(IpRange.Parse("10.0.0.0/24"), _ => true, random));
        Assert.Null(AddressPicker.Pick(IpRange.Parse("10.0.0.0/32"), _ => false, random));
        Assert.Null(AddressPicker.Pick(PortRange.Default, _ => true, random));
    }

    [Fact]
    public void A9_ports_are_given_once_and_the_static_band_last()
    {
        var range = new PortRange(30000, 30127);
        var taken = new List<int>();
        while (AddressPicker.Pick(range, taken.Contains, random) is { } port) taken.Add(port);

        Assert.Equal(Enumerable.Range(30000, 128).ToHashSet(), taken.ToHashSet());
        Assert.Equal(128, taken.Count);
        Assert.All(taken[^16..], port => Assert.InRange(port, 30000, 30015));
    }
}
