using System.Xml.Linq;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.UserMode;
using MiniK8s.Tests.Order;

namespace MiniK8s.Proxy.Tests.Ipvs;

/// <summary>The packets of the IPVS mode, in a kernel that has it.</summary>
[TakesLong]
public sealed class UserModeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact(DisplayName = "IPVS cases in a user-mode Linux kernel")]
    public async Task IPVS_cases_in_a_user_mode_Linux_kernel()
    {
        Assert.SkipUnless(UserModeLinux.SkipReason is null, $"IPVS: {UserModeLinux.SkipReason}");
        using var folder = TestFolder.Create();
        var tests = Path.Combine(AppContext.BaseDirectory, "MiniK8s.Proxy.Tests.dll");

        var result = await UserModeLinux.RunAsync(
            ["dotnet", tests, "-class", "*.Network.Modes.Ipvs*", "-class", $"*{nameof(IpvsLifeTests)}", "-xml", folder["results.xml"], "-parallel", "none", "-noLogo"],
            ["dummy", "veth", "bridge", "br_netfilter", "ip_vs", "ip_vs_rr"],
            Limit,
            TestContext.Current.CancellationToken);

        output.WriteLine(result.Output);
        var cases = XDocument.Load(folder["results.xml"]).Descendants("test").ToList();
        Assert.NotEmpty(cases);
        Assert.All(cases, inner => Assert.True(HasPassed(inner), $"{inner.Attribute("name")?.Value}: {inner.Value}"));
        Assert.Equal(0, result.ExitCode);
    }

    /// <summary>What IPVS or a kernel of this kind cannot do is left out; it says so.</summary>
    private static bool HasPassed(XElement inner) => inner.Attribute("result")?.Value switch
    {
        "Pass" => true,
        "Skip" => inner.Value.TrimStart().StartsWith("IPVS: ", StringComparison.Ordinal),
        _ => false,
    };
}
