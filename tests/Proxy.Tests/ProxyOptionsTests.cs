namespace MiniK8s.Proxy.Tests;

public sealed class ProxyOptionsTests
{
    private static readonly ProxyOptions Good = new() { NodeName = "n1" };

    public static TheoryData<string, ProxyOptions> Wrong => new()
    {
        { "--node-name", Good with { NodeName = "" } },
        { "--proxy-mode", Good with { Mode = "userspace" } },
        { "--iptables-variant", Good with { IptablesVariant = "old" } },
        { "--cluster-cidr", Good with { ClusterCidr = "10.244.0.0" } },
        { "--cluster-cidr", Good with { ClusterCidr = "10.244.0.0/16,10.245.0.0/16" } },
        { "--nodeport-addresses", Good with { NodePortAddresses = "primary!" } },
        { "--min-sync-period", Good with { MinSyncPeriod = TimeSpan.FromSeconds(-1) } },
        { "--min-sync-period", Good with { MinSyncPeriod = TimeSpan.FromMinutes(1) } },
        { "--sync-period", Good with { SyncPeriod = TimeSpan.Zero, MinSyncPeriod = TimeSpan.Zero } },
        { "--healthz-bind-address", Good with { HealthzBindAddress = "10256" } },
        { "--metrics-bind-address", Good with { MetricsBindAddress = "localhost:10249" } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_option_is_named_with_its_value(string option, ProxyOptions options) =>
        Assert.StartsWith(option + ": ", Assert.Single(options.Validate()), StringComparison.Ordinal);

    [Fact]
    public void The_defaults_are_good() => Assert.Empty(Good.Validate());

    [Theory]
    [InlineData("", "IPv4")]
    [InlineData("10.244.0.0/16", "IPv4")]
    [InlineData("10.244.0.0/16, fd00:10::/56", "IPv4 IPv6")]
    public void The_pods_blocks_choose_the_families(string blocks, string families) =>
        Assert.Equal(families, string.Join(' ', (Good with { ClusterCidr = blocks }).Families.Select(family => family.Name)));

    [Theory]
    [InlineData("10ms", 10)]
    [InlineData("0", 0)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("15", null)]
    [InlineData("", null)]
    [InlineData("-1s", null)]
    [InlineData("3x", null)]
    public void Durations_are_read_as_kubernetes_flags_write_them(string text, int? milliseconds) =>
        Assert.Equal(milliseconds, DurationText.TryParse(text, out var duration) ? (int)duration.TotalMilliseconds : null);
}
