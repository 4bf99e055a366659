using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MiniK8s.Proxy.Iptables;

namespace MiniK8s.Proxy.Apply;

/// <summary>Brings scripts into the kernel through <c>iptables-restore</c>, and reads back through <c>iptables-save</c>.</summary>
internal sealed partial class IptablesApplier(IptablesTools tools, ToolRunner runner) : IRuleApplier
{
    /// <summary>How long another program may hold the lock on the tables, in seconds.</summary>
    public const string LockWait = "10";

    private const int NoSuchChain = 1;

    /// <inheritdoc/>
    public async Task RestoreAsync(ReadOnlyMemory<byte> script, CancellationToken cancellationToken)
    {
        try
        {
            await runner.RunAsync([tools.Restore, "--noflush", "--wait", LockWait], script, cancellationToken);
        }
        catch (ToolException e)
        {
            throw new RuleApplyException(Explain(e, script.Span), e);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> HasStaticRulesAsync(CancellationToken cancellationToken) =>
        await HasRulesAsync(Table.Nat, ChainNames.MarkMasquerade, cancellationToken) && await HasRulesAsync(Table.Filter, ChainNames.Forward, cancellationToken);

    /// <inheritdoc/>
    public async Task<KernelTables> ReadAsync(CancellationToken cancellationToken) =>
        KernelTables.Parse(await runner.RunAsync([tools.Save], default, cancellationToken));

    private async Task<bool> HasRulesAsync(Table table, string chain, CancellationToken cancellationToken)
    {
        try
        {
            var text = await runner.RunAsync([tools.Main, "--wait", LockWait, "--table", Tables.NameOf(table), "--list-rules", chain], default, cancellationToken);
            return text.AsSpan().IndexOf("-A "u8) >= 0;
        }
        catch (ToolException e) when (e.ExitCode == NoSuchChain)
        {
            return false;
        }
    }

    /// <summary>The program names a line by its number only; the line itself is what helps.</summary>
    internal static string Explain(ToolException failure, ReadOnlySpan<byte> script)
    {
        var match = LineNumber().Match(failure.Error);
        if (!match.Success || !int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)) return failure.Message;
        var number = 0;
        foreach (var range in script.Split((byte)'\n'))
        {
            if (++number == wanted) return $"{failure.Message} (line {wanted}: {Encoding.UTF8.GetString(script[range])})";
        }
        return failure.Message;
    }

    [GeneratedRegex(@"line:? (\d+)")]
    private static partial Regex LineNumber();
}
