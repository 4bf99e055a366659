using MiniK8s.Proxy.Iptables;

namespace MiniK8s.Proxy.Apply;

/// <summary>The kernel's tables of one address family, as far as rules are concerned.</summary>
internal interface IRuleApplier
{
    /// <summary>Runs a restore script. Each of its tables changes whole or not at all.</summary>
    /// <exception cref="RuleApplyException">It failed; tables before the one that failed may have changed.</exception>
    Task RestoreAsync(ReadOnlyMemory<byte> script, CancellationToken cancellationToken);

    /// <summary>Whether chains that are never empty still have rules: quick, however many rules there are.</summary>
    Task<bool> HasStaticRulesAsync(CancellationToken cancellationToken);

    /// <summary>Reads what is there.</summary>
    Task<KernelTables> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>A restore script was refused.</summary>
internal sealed class RuleApplyException(string message, Exception inner) : Exception(message, inner);
