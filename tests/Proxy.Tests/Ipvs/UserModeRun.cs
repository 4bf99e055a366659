using System.Xml.Linq;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.UserMode;

namespace MiniK8s.Proxy.Tests.Ipvs;

/// <summary>Runs tests of this program in a user-mode Linux kernel.</summary>
internal static class UserModeRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>All that are chosen must pass there, and some must be chosen.</summary>
    /// <param name="output">Told what they wrote.</param>
    /// <param name="variables">Environment variables of theirs, as <c>NAME=value</c>.</param>
    /// <param name="choice">The options of the test program that choose them.</param>
    public static async Task PassAsync(ITestOutputHelper output, string[] variables, params string[] choice)
    {
        Assert.SkipUnless(UserModeLinux.SkipReason is null, $"IPVS: {UserModeLinux.SkipReason}");
        using var folder = TestFolder.Create();
        var tests = Path.Combine(AppContext.BaseDirectory, "MiniK8s.Proxy.Tests.dll");

        var result = await UserModeLinux.RunAsync(
            ["env", .. variables, "dotnet", tests, .. choice, "-xml", folder["results.xml"], "-parallel", "none", "-noLogo"],
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
