namespace MiniK8s.ControllerManager.Facts;

/// <summary>Names of labels, annotations and taints that controllers agree on with the rest of Kubernetes (k8s.io/api/core/v1 and discovery/v1).</summary>
internal static class WellKnown
{
    public const string ServiceNameLabel = "kubernetes.io/service-name";
    public const string ManagedByLabel = "endpointslice.kubernetes.io/managed-by";
    public const string SkipMirrorLabel = "endpointslice.kubernetes.io/skip-mirror";
    public const string HeadlessLabel = "service.kubernetes.io/headless";
    public const string ZoneLabel = "topology.kubernetes.io/zone";

    public const string SliceController = "endpointslice-controller.k8s.io";
    public const string MirroringController = "endpointslicemirroring-controller.k8s.io";

    public const string TriggerTimeAnnotation = "endpoints.kubernetes.io/last-change-trigger-time";
    public const string OverCapacityAnnotation = "endpoints.kubernetes.io/over-capacity";
    public const string TopologyModeAnnotation = "service.kubernetes.io/topology-mode";
    public const string TopologyHintsAnnotation = "service.kubernetes.io/topology-aware-hints";
    public const string LeaderAnnotation = "control-plane.alpha.kubernetes.io/leader";
    public const string LastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";

    public const string NotReadyTaint = "node.kubernetes.io/not-ready";
    public const string UnreachableTaint = "node.kubernetes.io/unreachable";
    public const string UnschedulableTaint = "node.kubernetes.io/unschedulable";

    public const string HeadlessAddress = "None";
}
