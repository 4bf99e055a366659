using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Runtime.Controllers;

namespace MiniK8s.Kubelet.Network;

/// <summary>
/// Keeps the host's routes to the other nodes' pod subnets. Nodes come and go rarely, so the program <c>ip</c> will do. Routes carry
/// a protocol number of their own, by which a later run finds those that are no longer wanted.
/// </summary>
internal sealed class RouteSync(ICache<Node> nodes, string self, ILogger<RouteSync> log) : IReconciler
{
    // Numbers from 5 to 255 are free for routing programs (rtnetlink(7)); this one marks a route as ours.
    private const string Protocol = "196";

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var wanted = RoutePlanner.Plan(self, nodes.List());
        foreach (var line in (await IpAsync(["route", "show", "proto", Protocol], cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var subnet = line.Split(' ')[0];
            if (wanted.ContainsKey(subnet)) continue;
            log.LogInformation("Removing the route to {Subnet}: no node has it", subnet);
            await IpAsync(["route", "del", subnet, "proto", Protocol], cancellationToken);
        }

        foreach (var (subnet, address) in wanted) await IpAsync(["route", "replace", subnet, "via", address, "proto", Protocol], cancellationToken);
        return ReconcileResult.Done;
    }

    private static async Task<string> IpAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException("ip did not start");
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode == 0) return await output;
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)} ended with {process.ExitCode}: {(await errors).Trim()}");
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException($"the program ip (package iproute2) cannot be run: {error.Message}", error);
        }
    }
}
