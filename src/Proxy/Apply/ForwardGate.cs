using System.Text;
using Microsoft.Extensions.Logging;

namespace MiniK8s.Proxy.Apply;

/// <summary>
/// Lets what Services forward pass an iptables FORWARD chain that drops what no rule accepts, as Docker makes it: an own table's
/// accept does not count there. For the modes that do not write rules by iptables; a chain of its own, written once.
/// </summary>
internal sealed partial class ForwardGate(IptablesTools tools, ToolRunner runner, ForwardGateSettings settings, ILogger log)
{
    /// <summary>The chain's name.</summary>
    public const string Chain = "MINIK8S-FORWARD";

    private const int NoSuchChain = 1;
    private static readonly string Jump = $"FORWARD -m comment --comment \"minik8s: traffic of Services\" -j {Chain}";

    /// <summary>Opens the gate where it is needed and not open.</summary>
    /// <exception cref="ToolException">iptables refused.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (!tools.Exist) return;
        var found = await ListAsync("FORWARD", cancellationToken);
        if (!found.Contains("-P FORWARD DROP", StringComparison.Ordinal)) return;
        if (found.Contains($"-j {Chain}", StringComparison.Ordinal) && (await ListAsync(Chain, cancellationToken)).Contains("-A ", StringComparison.Ordinal)) return;
        await RestoreAsync(tools, runner, Opening(found.Contains($"-j {Chain}", StringComparison.Ordinal)), cancellationToken);
        Opened(log, tools.Main, Chain);
    }

    /// <summary>Takes the gate away. Whether there was one.</summary>
    /// <exception cref="ToolException">iptables refused.</exception>
    public static async Task<bool> RemoveAsync(IptablesTools tools, ToolRunner runner, CancellationToken cancellationToken)
    {
        if (!tools.Exist) return false;
        // Saving, unlike listing, does not bring older tables into being that nobody uses.
        var lines = Encoding.UTF8.GetString(await runner.RunAsync([tools.Save, "-t", "filter"], default, cancellationToken)).Split('\n');
        if (!lines.Any(line => line.StartsWith($":{Chain} ", StringComparison.Ordinal))) return false;
        var jumps = lines.Where(line => line.EndsWith($"-j {Chain}", StringComparison.Ordinal)).Select(line => $"-D{line[2..]}\n");
        await RestoreAsync(tools, runner, $"*filter\n:{Chain} - [0:0]\n{string.Concat(jumps)}-X {Chain}\nCOMMIT\n", cancellationToken);
        return true;
    }

    private string Opening(bool hasJump)
    {
        var script = new StringBuilder($"*filter\n:{Chain} - [0:0]\n");
        script.Append($"-A {Chain} -m mark --mark {settings.Mark}/{settings.Mark} -j ACCEPT\n");
        script.Append($"-A {Chain} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n");
        if (settings.Pods is { } pods) script.Append($"-A {Chain} -d {pods} -j ACCEPT\n");
        if (!hasJump) script.Append($"-I {Jump}\n");
        return script.Append("COMMIT\n").ToString();
    }

    private static async Task RestoreAsync(IptablesTools tools, ToolRunner runner, string script, CancellationToken cancellationToken) =>
        await runner.RunAsync([tools.Restore, "--noflush", "--wait", IptablesApplier.LockWait], Encoding.UTF8.GetBytes(script), cancellationToken);

    private async Task<string> ListAsync(string chain, CancellationToken cancellationToken)
    {
        try
        {
            return Encoding.UTF8.GetString(await runner.RunAsync([tools.Main, "--wait", IptablesApplier.LockWait, "--list-rules", chain], default, cancellationToken));
        }
        catch (ToolException e) when (e.ExitCode == NoSuchChain)
        {
            return "";
        }
    }

    [LoggerMessage(4104, LogLevel.Information, "{Tool} drops what it forwards unless a rule accepts it; {Chain} accepts the traffic of Services and pods")]
    private static partial void Opened(ILogger logger, string tool, string chain);
}

/// <summary>What a <see cref="ForwardGate"/> lets through besides the answers to what it let through.</summary>
/// <param name="Pods">Where pods live; null when that is not known.</param>
/// <param name="Mark">The mark of what is to be masqueraded.</param>
internal sealed record ForwardGateSettings(System.Net.IPNetwork? Pods, string Mark);
