using MiniK8s.Kubelet.Planning;

namespace MiniK8s.Kubelet.Status;

/// <summary>All that a pod's status is made of, beside the pod.</summary>
/// <param name="Pod">What the engine shows.</param>
/// <param name="Failures">Starts that failed, by container name.</param>
/// <param name="Probes">What the probes found, by container name; a container without an entry has no probes, or none has run yet.</param>
/// <param name="HostAddress">The node's address.</param>
internal sealed record PodObservation(
    ObservedPod Pod,
    IReadOnlyDictionary<string, StartFailure> Failures,
    IReadOnlyDictionary<string, ProbeState> Probes,
    string HostAddress);

/// <summary>What the probes of one container found.</summary>
/// <param name="Started">Whether the startup probe has succeeded, or there is none.</param>
/// <param name="Ready">Whether the readiness probe succeeds, or there is none.</param>
internal sealed record ProbeState(bool Started, bool Ready);
