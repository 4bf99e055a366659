using MiniK8s.Api.Networking;

namespace MiniK8s.Api.Tests.Networking;

public sealed class PortRangeTests
{
    [Theory]
    [InlineData(2768, 86)]
    [InlineData(10, 0)]
    [InlineData(16, 0)]
    [InlineData(128, 16)]
    [InlineData(2048, 64)]
    [InlineData(4096, 128)]
    [InlineData(30000, 128)]
    public void A9_static_band_of_ports(int size, int count) => Assert.Equal(count, new PortRange(1000, 1000 + size - 1).StaticCount);

    [Fact]
    public void A10_the_default_is_30000_to_32767()
    {
        Assert.Equal("30000-32767", PortRange.Default.ToString());
        Assert.Equal(2768, PortRange.Default.Count);
        Assert.Equal(PortRange.Default, PortRange.Parse("30000-32767"));
        Assert.False(PortRange.Default.Contains(29999));
        Assert.True(PortRange.Default.Contains(32767));
        Assert.False(PortRange.Default.Contains(32768));
    }

    [Theory]
    [InlineData("30000")]
    [InlineData("30000-")]
    [InlineData("32767-30000")]
    [InlineData("0-10")]
    [InlineData("1-65536")]
    [InlineData("a-b")]
    public void What_is_no_range_is_refused(string text) => Assert.Throws<FormatException>(() => PortRange.Parse(text));
}
