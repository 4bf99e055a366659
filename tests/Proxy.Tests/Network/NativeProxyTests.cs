using System.Text.RegularExpressions;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>The proxy as machine code: that the other tests of its process ran on it, and that it is the same program.</summary>
public sealed partial class NativeProxyTests
{
    [Fact]
    public void It_was_compiled()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("MINIK8S_TEST_PROXY") == "runtime", "the native compiler is not to be used (MINIK8S_TEST_PROXY)");
        var log = Path.Combine(RepositoryFolder.Root, "artifacts", "build", "native.log");
        var text = File.Exists(log) ? File.ReadAllText(log) : "scripts/build.sh native has not run, or found no linker";
        Assert.SkipWhen(Unobtainable().IsMatch(text), $"the native compiler's package cannot be had: {text}");

        Assert.True(BuiltProxy.Native is not null, $"there is no compiled proxy, or one that is older than its sources (./minik8s build makes it): {text}");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("explain", "--help")]
    [InlineData("--proxy-mode", "ebpf")]
    [InlineData("--kubeconfig", "/does/not/exist")]
    public async Task It_says_what_the_program_on_the_runtime_says(params string[] arguments)
    {
        Assert.SkipUnless(BuiltProxy.Native is not null, "the native compiler was not there");

        var (native, onRuntime) = (await TryAsync(BuiltProxy.Command, arguments), await TryAsync(BuiltProxy.OnRuntime, arguments));

        // A program shows what it is called.
        Assert.Equal(onRuntime, native.Replace("minik8s-proxy", "MiniK8s.Proxy", StringComparison.Ordinal));
    }

    private static async Task<string> TryAsync(IReadOnlyList<string> program, string[] arguments)
    {
        var result = await Command.TryAsync([.. program, .. arguments], cancellationToken: TestContext.Current.CancellationToken);
        return $"{result.ExitCode}\n{result.Output}\n{result.Error}";
    }

    /// <summary>NuGet's errors for a package that no source has, and for a source that does not answer.</summary>
    [GeneratedRegex("NU1101|NU1102|NU1103|NU1301")]
    private static partial Regex Unobtainable();
}
