using Microsoft.Extensions.Logging;

namespace MiniK8s.Proxy.Apply;

/// <summary>Settings of the node's kernel without which Services cannot work. Nothing else is touched, route_localnet least of all.</summary>
/// <param name="root">Where the settings are; <c>/proc/sys</c> but in tests.</param>
/// <param name="log">Says what was changed or is amiss.</param>
internal sealed partial class NodeSettings(string root, ILogger log)
{
    private const string BridgeFile = "net/bridge/bridge-nf-call-iptables";

    /// <summary>Turns forwarding on where it is off, and warns where bridged packets bypass the rules.</summary>
    public void Prepare(bool v6)
    {
        EnableForwarding("net/ipv4/ip_forward");
        if (v6) EnableForwarding("net/ipv6/conf/all/forwarding");
        var bridge = Path.Combine(root, BridgeFile);
        if (!File.Exists(bridge) || File.ReadAllText(bridge).Trim() != "1") BridgeBypasses(log, BridgeFile);
    }

    private void EnableForwarding(string file)
    {
        var path = Path.Combine(root, file);
        if (!File.Exists(path) || File.ReadAllText(path).Trim() != "0") return;
        try
        {
            File.WriteAllText(path, "1");
            ForwardingEnabled(log, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ForwardingOff(log, file, e.Message);
        }
    }

    [LoggerMessage(4101, LogLevel.Information, "{Setting} was 0 and is 1 now: packets to Services are forwarded")]
    private static partial void ForwardingEnabled(ILogger logger, string setting);

    [LoggerMessage(4102, LogLevel.Error, "{Setting} is 0 and cannot be changed ({Reason}): packets to Services will not be forwarded")]
    private static partial void ForwardingOff(ILogger logger, string setting, string reason);

    [LoggerMessage(4103, LogLevel.Warning, "{Setting} is not 1: answers between two pods on one bridge bypass the rules, so such pods cannot reach each other through a Service; load br_netfilter and set it to 1")]
    private static partial void BridgeBypasses(ILogger logger, string setting);
}
