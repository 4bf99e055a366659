using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Sync;

namespace MiniK8s.Proxy.Modes;

/// <summary>A way to make the kernel forward Services: <c>--proxy-mode</c>.</summary>
internal interface IProxyMode
{
    /// <summary>As the option names it.</summary>
    string Name { get; }

    /// <summary>Why this machine cannot do it, in one sentence that says what to do; null when it can.</summary>
    Task<string?> WhyNotAsync(IReadOnlyList<IpFamily> families, CancellationToken cancellationToken);

    /// <summary>The backend of one family. Only after <see cref="WhyNotAsync"/> had nothing to say.</summary>
    Task<IProxyBackend> CreateAsync(IpFamily family, CancellationToken cancellationToken);

    /// <summary>What the backend writes for a Service port, as text; null where it cannot tell. Needs no right and no look at the machine.</summary>
    IRuleText? RuleTextOf(IpFamily family) => null;

    /// <summary>The comparison of the kernel with a model. Only after <see cref="WhyNotAsync"/> had nothing to say.</summary>
    IDryRun DryRunOf(IpFamily family);

    /// <summary>Removes what an earlier run in this mode left in the kernel, and gives the names of what held something.</summary>
    /// <param name="isInUse">Whether this mode is the one in use: then only what it does not use itself goes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuleRemovalException">Something could not be removed.</exception>
    Task<IReadOnlyList<string>> CleanAsync(bool isInUse, CancellationToken cancellationToken);
}

/// <summary>What an earlier run left could not be removed.</summary>
internal sealed class RuleRemovalException(string message, Exception inner) : Exception(message, inner);
