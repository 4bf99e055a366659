using MiniK8s.Api.Core.V1;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>What a Pod gets for fields that its author left out (SetDefaults_Pod and SetDefaults_PodSpec of Kubernetes).</summary>
internal static class PodDefaults
{
    private const string Scheduler = "default-scheduler";
    private const long GraceSeconds = 30;

    public static Pod Apply(Pod pod)
    {
        var spec = pod.Spec ?? new();
        var account = string.IsNullOrEmpty(spec.ServiceAccountName) ? spec.ServiceAccount : spec.ServiceAccountName;
        var usesHost = spec.HostNetwork == true;
        return pod with
        {
            Spec = spec with
            {
                DnsPolicy = spec.DnsPolicy ?? "ClusterFirst",
                RestartPolicy = spec.RestartPolicy ?? "Always",
                SecurityContext = spec.SecurityContext ?? new(),
                TerminationGracePeriodSeconds = spec.TerminationGracePeriodSeconds ?? GraceSeconds,
                SchedulerName = string.IsNullOrEmpty(spec.SchedulerName) ? Scheduler : spec.SchedulerName,
                EnableServiceLinks = spec.EnableServiceLinks ?? true,
                ServiceAccountName = account,
                ServiceAccount = account,
                Containers = [.. spec.Containers.Select(container => ContainerDefaults.Apply(container, usesHost))],
                InitContainers = [.. spec.InitContainers.Select(container => ContainerDefaults.Apply(container, usesHost))],
                EphemeralContainers = [.. spec.EphemeralContainers.Select(ContainerDefaults.Apply)],
                Volumes = [.. spec.Volumes.Select(VolumeDefaults.Apply)],
            },
            Status = Status(pod.Status ?? new()),
        };
    }

    /// <summary>podIP and the first of podIPs are one value.</summary>
    private static PodStatus Status(PodStatus status)
    {
        if (status.PodIPs.Count == 0 && !string.IsNullOrEmpty(status.PodIP)) return status with { PodIPs = [new() { Ip = status.PodIP }] };
        return status.PodIPs.Count > 0 && string.IsNullOrEmpty(status.PodIP) ? status with { PodIP = status.PodIPs[0].Ip } : status;
    }
}
