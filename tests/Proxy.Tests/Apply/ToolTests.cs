using System.Text;
using Microsoft.Extensions.Logging;
using MiniK8s.Proxy.Apply;
using MiniK8s.TestKit.Files;

namespace MiniK8s.Proxy.Tests.Apply;

public sealed class ToolTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create();
    private readonly ToolRunner runner = new(TimeProvider.System);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Input_goes_in_and_output_comes_back_however_large()
    {
        var input = Encoding.ASCII.GetBytes(new string('x', 3_000_000));

        Assert.Equal(input, await runner.RunAsync(["cat"], input, CancellationToken.None));
    }

    [Fact]
    public async Task A_failure_names_command_exit_code_and_error()
    {
        var failure = await Assert.ThrowsAsync<ToolException>(() => runner.RunAsync(["sh", "-c", "echo broken >&2; exit 3"], default, CancellationToken.None));

        Assert.Equal(3, failure.ExitCode);
        Assert.Equal("sh -c echo broken >&2; exit 3 failed with exit code 3: broken", failure.Message);
    }

    [Fact]
    public async Task A_program_that_does_not_read_its_input_fails_with_its_own_words()
    {
        var failure = await Assert.ThrowsAsync<ToolException>(() => runner.RunAsync(["sh", "-c", "exec <&-; echo no >&2; exit 1"], new byte[1 << 20], CancellationToken.None));

        Assert.Contains("no", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_program_is_named()
    {
        var failure = await Assert.ThrowsAsync<ToolException>(() => runner.RunAsync(["no-such-program-here"], default, CancellationToken.None));

        Assert.Contains("no-such-program-here", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_script_is_explained_by_its_line()
    {
        var failure = new ToolException(["iptables-restore"], 1, "iptables-restore v1.8.9 (nf_tables): \nline 2: CHAIN_ADD failed");

        Assert.EndsWith("(line 2: -A second)", IptablesApplier.Explain(failure, "*nat\n-A second\nCOMMIT\n"u8), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iptables v1.8.9 (nf_tables)", "1.8.9", "nft", true)]
    [InlineData("iptables v1.8.7 (legacy)", "1.8.7", "legacy", true)]
    [InlineData("iptables v1.6.1", "1.6.1", "legacy", false)]
    [InlineData("iptables v1.6.2", "1.6.2", "legacy", true)]
    [InlineData("what", "0.0.0", "legacy", false)]
    public void Versions_are_read(string text, string version, string variant, bool fully) =>
        Assert.Equal(new IptablesVersion(Version.Parse(version), variant, fully), IptablesTools.ParseVersion(text));

    [Theory]
    [InlineData("0", "1", 1)]
    [InlineData("1", "1", 0)]
    public void Forwarding_is_turned_on_where_it_is_off_and_that_is_said(string before, string after, int said)
    {
        var log = new Lines();
        Write("net/ipv4/ip_forward", before);
        Write("net/bridge/bridge-nf-call-iptables", "1");
        Write("net/ipv4/conf/all/route_localnet", "0");

        new NodeSettings(folder.FullPath, log).Prepare(v6: false);

        Assert.Equal(after, File.ReadAllText(folder["net/ipv4/ip_forward"]).Trim());
        Assert.Equal("0", File.ReadAllText(folder["net/ipv4/conf/all/route_localnet"]));
        Assert.Equal(said, log.Count);
    }

    [Theory]
    [InlineData("0")]
    [InlineData(null)]
    public void A_bridge_that_bypasses_the_rules_is_warned_of(string? value)
    {
        var log = new Lines();
        if (value is not null) Write("net/bridge/bridge-nf-call-iptables", value);

        new NodeSettings(folder.FullPath, log).Prepare(v6: false);

        Assert.Contains("bypass the rules", Assert.Single(log), StringComparison.Ordinal);
    }

    private void Write(string file, string value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        File.WriteAllText(folder[file], value);
    }

    private sealed class Lines : List<string>, ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(formatter(state, exception));
    }
}
