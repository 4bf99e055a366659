using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>What shapes the virtual servers of one address family besides the model.</summary>
/// <param name="Rules">What the rules beside them share with the iptables backend.</param>
/// <param name="Scheduler">For every Service port that does not ask for its turn; see <see cref="IpvsSchedulers"/>.</param>
internal sealed record IpvsSettings(IptablesSettings Rules, string Scheduler = IpvsSchedulers.Default)
{
    public IpFamily Family => Rules.Family;
}

/// <summary>The schedulers that Linux has.</summary>
internal static class IpvsSchedulers
{
    public const string RoundRobin = "rr";
    public const string Default = RoundRobin;

    public static IReadOnlyList<string> Known { get; } = ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "dh", "sed", "nq", "mh", "fo", "ovf"];

    /// <summary>What is wrong with a value of <c>--ipvs-scheduler</c>; null when nothing is.</summary>
    public static string? Refusal(string scheduler) =>
        Known.Contains(scheduler) ? null : $"--ipvs-scheduler: \"{scheduler}\" is unknown; give one of {string.Join(", ", Known)}";
}
