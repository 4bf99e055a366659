using MiniK8s.Api.Networking;

namespace MiniK8s.Api.Tests.Networking;

public sealed class AddressTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.1.1")]
    [InlineData("224.0.0.0")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fe80::")]
    [InlineData("ff01::")]
    [InlineData("ff02::")]
    [InlineData("1")]
    [InlineData("")]
    public void W4_not_proxyable(string address) => Assert.False(ProxyableAddress.IsAllowed(address));

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("192.168.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("8.8.8.8")]
    [InlineData("2600::")]
    public void W4_proxyable(string address)
    {
        Assert.True(ProxyableAddress.IsAllowed(address));
        Assert.Empty(ProxyableAddress.Objections(address));
    }

    [Theory]
    [InlineData("010.0.0.1")]
    [InlineData("10.0.0.01")]
    [InlineData("10.0.1")]
    [InlineData("10.0.0.0.1")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("10.0.0.256")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("10.0.0.1/32")]
    [InlineData(" 10.0.0.1")]
    public void V29_texts_that_parsers_read_differently_are_no_addresses(string text) => Assert.False(IpText.IsValid(text));

    [Theory]
    [InlineData("FD00:0:0::0001", "fd00::1")]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("None", "None")]
    public void Canonical_text_is_one_per_address(string text, string canonical) => Assert.Equal(canonical, IpText.Canonical(text));

    [Theory]
    [InlineData("10.0.0.1", "IPv4")]
    [InlineData("fd00::1", "IPv6")]
    [InlineData("x", "")]
    public void Family_by_address(string text, string family) => Assert.Equal(family, IpText.FamilyOf(text));
}
