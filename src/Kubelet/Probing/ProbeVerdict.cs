using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Probing;

/// <summary>Counts results: a verdict turns only after as many equal results in a row as its threshold says.</summary>
internal sealed class ProbeVerdict(Probe probe, bool initially)
{
    private int inARow;
    private bool last = initially;

    /// <summary>The verdict.</summary>
    public bool Succeeds { get; private set; } = initially;

    /// <summary>Takes in a result. Whether a threshold has been reached, so that <see cref="Succeeds"/> has been decided (anew).</summary>
    public bool Add(bool success)
    {
        inARow = success == last ? inARow + 1 : 1;
        last = success;
        if (inARow < (success ? probe.SuccessThreshold ?? 1 : probe.FailureThreshold ?? 3)) return false;
        Succeeds = success;
        return true;
    }
}
