using MiniK8s.Proxy.Tests.Network.Modes;
using MiniK8s.Tests.Order;

namespace MiniK8s.Proxy.Tests.Ipvs;

/// <summary>The packets of the IPVS mode, in a kernel that has it.</summary>
[TakesLong]
public sealed class UserModeTests(ITestOutputHelper output)
{
    [Fact(DisplayName = "IPVS cases in a user-mode Linux kernel")]
    public Task IPVS_cases_in_a_user_mode_Linux_kernel() =>
        UserModeRun.PassAsync(output, [], "-class", "*.Network.Modes.Ipvs*", "-class", $"*{nameof(IpvsLifeTests)}", "-class-", $"*{nameof(IpvsKillTests)}");
}

/// <summary>A killed proxy of the IPVS mode, in a kernel of its own, so that both go on side by side.</summary>
[TakesLong]
public sealed class UserModeKillTests(ITestOutputHelper output)
{
    // Each takes five seconds there. MINIK8S_TEST_KILLS=100 is tried by hand.
    private static readonly string[] Kills = Environment.GetEnvironmentVariable("MINIK8S_TEST_KILLS") is { } given ? [$"MINIK8S_TEST_KILLS={given}"] : ["MINIK8S_TEST_KILLS=10"];

    [Fact(DisplayName = "kill -9 with IPVS in a user-mode Linux kernel")]
    public Task Kill_9_with_IPVS_in_a_user_mode_Linux_kernel() => UserModeRun.PassAsync(output, Kills, "-class", $"*{nameof(IpvsKillTests)}");
}
