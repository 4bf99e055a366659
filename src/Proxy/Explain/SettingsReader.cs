using System.Net;
using System.Net.NetworkInformation;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Modes;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Explain;

/// <summary>
/// Finds out how the proxy works that a question is about: by the options of the command line; what they leave open, by asking the
/// proxy that runs on this host; and what then is still open counts as not known, never as a guess.
/// </summary>
internal static class SettingsReader
{
    /// <param name="options">The command line's options.</param>
    /// <param name="given">The names of those that the user gave.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The settings, and whether they name the node.</returns>
    public static async Task<(ExplainSettings Settings, bool KnowsNode)> ReadAsync(ProxyOptions options, IReadOnlySet<string> given, CancellationToken cancellationToken)
    {
        var running = await RunningProxy.AskAsync(options.MetricsBindAddress, TimeProvider.System, cancellationToken);
        var complete = running?.Complete(options, given) ?? options;
        var settings = new ExplainSettings(complete, running is not null || given.Contains("--cluster-cidr"))
        {
            Notes = [.. Notes(complete, given, running)],
            NodePortAddresses = family => Addresses(complete, family),
        };
        return (settings, running is not null || given.Contains("--node-name"));
    }

    private static IEnumerable<string> Notes(ProxyOptions options, IReadOnlySet<string> given, RunningProxy? running)
    {
        var from = running is null ? "no proxy answers" : "as the proxy tells";
        yield return $"{from} on {options.MetricsBindAddress}" + (given.Count == 0 ? "" : $"; given here: {string.Join(", ", given.Order(StringComparer.Ordinal))}");
        var how = options.Mode == ProxyModes.Auto ? "how the kernel is programmed is not known: give --proxy-mode" : $"programmed by {options.Mode}";
        yield return $"{how}; " + (options.ClusterCidr.Length > 0 ? $"pods are {options.ClusterCidr}"
            : running is not null || given.Contains("--cluster-cidr") ? "nobody is known as a pod (no --cluster-cidr)"
            : "where pods live is not known: give the proxy's --cluster-cidr");
    }

    private static ValueArray<IPAddress>? Addresses(ProxyOptions options, IpFamily family)
    {
        try
        {
            return new NodePortAddresses(options.NodePortRanges).Read(family);
        }
        catch (NetworkInformationException)
        {
            return null;
        }
    }
}
