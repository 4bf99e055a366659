using Microsoft.Extensions.Logging;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Modes;

/// <summary>The modes there are, and the choice among them.</summary>
internal static partial class ProxyModes
{
    public const string Auto = "auto";
    public const string Iptables = "iptables";
    public const string Nftables = "nftables";
    public const string Ipvs = "ipvs";

    /// <summary>What <c>--proxy-mode</c> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [Auto, Nftables, Iptables, Ipvs];

    /// <summary>All modes, the one that <c>auto</c> prefers first.</summary>
    public static IReadOnlyList<IProxyMode> All(ProxyOptions options, ToolRunner runner, ILogger log) =>
        [new NftablesMode(options, log), new IptablesMode(options, runner, log), new IpvsMode(options, runner)];

    /// <summary>The mode that was asked for; with <c>auto</c> the first that this machine can do.</summary>
    /// <exception cref="ProxyStartException">The machine cannot do it.</exception>
    public static async Task<IProxyMode> ChooseAsync(
        IReadOnlyList<IProxyMode> modes, string wanted, IReadOnlyList<IpFamily> families, ILogger log, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (var mode in modes.Where(mode => wanted == Auto || mode.Name == wanted))
        {
            if (await mode.WhyNotAsync(families, cancellationToken) is not { } reason)
            {
                Chosen(log, mode.Name, string.Join(" and ", families.Select(family => family.Name)));
                return mode;
            }
            if (wanted == Auto) NotPossible(log, mode.Name, reason);
            reasons.Add(reason);
        }
        throw new ProxyStartException(string.Join("; ", reasons));
    }

    [LoggerMessage(4405, LogLevel.Information, "Proxy mode {Mode}, {Families}")]
    private static partial void Chosen(ILogger logger, string mode, string families);

    [LoggerMessage(4406, LogLevel.Information, "Not in mode {Mode}: {Reason}")]
    private static partial void NotPossible(ILogger logger, string mode, string reason);
}
