using Microsoft.Extensions.Logging;

namespace MiniK8s.Kubelet.Network;

/// <summary>
/// The host's routes to the other nodes' pod subnets. Nodes come and go rarely, so the program <c>ip</c> will do. Routes carry a
/// protocol number of their own, by which a later run finds those that are no longer wanted.
/// </summary>
internal sealed class RouteTable(ILogger<RouteTable> log)
{
    // Numbers from 5 to 255 are free for routing programs (rtnetlink(7)); this one marks a route as ours.
    private const string Protocol = "196";

    /// <summary>Makes the routes of that protocol number these, by subnet. One that the kernel refuses does not keep others away.</summary>
    /// <exception cref="InvalidOperationException">Some could not be made; the message says which and why.</exception>
    public async Task EnsureAsync(IReadOnlyDictionary<string, string> wanted, CancellationToken cancellationToken)
    {
        var present = Parse(await IpAsync(["route", "show", "proto", Protocol], cancellationToken));
        var refusals = new List<string>();
        foreach (var subnet in present.Keys.Where(subnet => !wanted.ContainsKey(subnet)))
        {
            log.LogInformation("Removing the route to {Subnet}: no node has it", subnet);
            await TryAsync(["route", "del", subnet, "proto", Protocol], refusals, cancellationToken);
        }

        foreach (var (subnet, address) in wanted.Where(route => present.GetValueOrDefault(route.Key) != route.Value))
        {
            if (await TryAsync(["route", "replace", subnet, "via", address, "proto", Protocol], refusals, cancellationToken))
                log.LogInformation("Pods of {Subnet} are reached by {Address}", subnet, address);
        }

        if (refusals.Count > 0) throw new InvalidOperationException(string.Join("; ", refusals));
    }

    /// <summary>Gateways by subnet, from the output of <c>ip route show</c>.</summary>
    internal static IReadOnlyDictionary<string, string> Parse(string output)
    {
        var routes = new Dictionary<string, string>();
        foreach (var line in output.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0) routes[words[0]] = words is [_, "via", var gateway, ..] ? gateway : "";
        }

        return routes;
    }

    private static async Task<bool> TryAsync(IReadOnlyList<string> arguments, List<string> refusals, CancellationToken cancellationToken)
    {
        try
        {
            await IpAsync(arguments, cancellationToken);
            return true;
        }
        catch (InvalidOperationException error)
        {
            refusals.Add(error.Message);
            return false;
        }
    }

    private static Task<string> IpAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => NetworkTool.RunAsync("ip", arguments, cancellationToken);
}
