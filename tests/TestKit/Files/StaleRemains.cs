using MiniK8s.TestKit.Network;

namespace MiniK8s.TestKit.Files;

/// <summary>Removes, once in a process, what test processes that were killed have left on this machine.</summary>
internal static class StaleRemains
{
    private static readonly Lazy<bool> Swept = new(Sweep);

    internal static void SweepOnce() => _ = Swept.Value;

    /// <summary>Removes them now.</summary>
    internal static bool Sweep()
    {
        // Folders first: their processes keep namespaces alive.
        TestFolder.RemoveStale();
        NetworkNamespace.RemoveStale();
        return true;
    }
}
