using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Modes;

namespace MiniK8s.Proxy;

/// <summary>Takes every rule of the proxy out of the kernel.</summary>
public static class ProxyCleanup
{
    /// <summary>Removes what all modes left, of both families, and gives the names of what held something.</summary>
    /// <exception cref="ProxyStartException">Some could not be removed.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var runner = new ToolRunner(clock);
        var cleaned = new List<string>();
        try
        {
            foreach (var mode in ProxyModes.All(new ProxyOptions { NodeName = "" }, runner, NullLogger.Instance))
            {
                cleaned.AddRange(await mode.CleanAsync(isInUse: false, cancellationToken));
            }
            if (await new Leftovers(runner).CloseGatesAsync(cancellationToken)) cleaned.Add(ForwardGate.Chain);
            return cleaned;
        }
        catch (Exception e) when (e is RuleRemovalException or ToolException)
        {
            throw new ProxyStartException($"rules could not be removed: {e.Message}", e);
        }
    }
}
