using MiniK8s.Proxy.Apply;

namespace MiniK8s.Proxy;

/// <summary>Takes every rule of the proxy out of the kernel.</summary>
public static class ProxyCleanup
{
    /// <summary>Removes the rules of both families, by every installed iptables, and gives the names of those that held some.</summary>
    /// <exception cref="ProxyStartException">Some could not be removed.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            return await new Leftovers(new ToolRunner(clock)).CleanAllAsync(cancellationToken);
        }
        catch (Exception e) when (e is ToolException or RuleApplyException)
        {
            throw new ProxyStartException($"rules could not be removed: {e.Message}", e);
        }
    }
}
