using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A container added to a running pod for debugging. It is never restarted, and guarantees no resources.</summary>
public sealed record EphemeralContainer
{
    /// <summary>Arguments; the image's CMD unless given.</summary>
    [Proto(1, 4), Atomic]
    public IReadOnlyList<string> Args { get; init => field = value ?? []; } = [];

    /// <summary>Program to run; the image's ENTRYPOINT unless given.</summary>
    [Proto(1, 3), Atomic]
    public IReadOnlyList<string> Command { get; init => field = value ?? []; } = [];

    /// <summary>Environment variables; wins over EnvFrom.</summary>
    [Proto(1, 7), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<EnvVar> Env { get; init => field = value ?? []; } = [];

    /// <summary>Config maps and secrets all of whose keys become variables.</summary>
    [Proto(1, 19), Atomic]
    public IReadOnlyList<EnvFromSource> EnvFrom { get; init => field = value ?? []; } = [];

    /// <summary>Image reference, such as <c>busybox:1.36</c>.</summary>
    [Proto(1, 2)]
    public string? Image { get; init; }

    /// <summary>When to pull: <c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>; by the tag unless given.</summary>
    [Proto(1, 14), OneOf("Always", "IfNotPresent", "Never")]
    public string? ImagePullPolicy { get; init; }

    /// <summary>Part of Container; Kubernetes forbids it here.</summary>
    [Proto(1, 12)]
    public Lifecycle? Lifecycle { get; init; }

    /// <summary>Part of Container; Kubernetes forbids it here.</summary>
    [Proto(1, 10)]
    public Probe? LivenessProbe { get; init; }

    /// <summary>DNS label, unique among all containers of the pod.</summary>
    [Proto(1, 1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Part of Container; Kubernetes forbids it here.</summary>
    [Proto(1, 6), ListMap("containerPort", "protocol"), PatchMerge("containerPort")]
    public IReadOnlyList<ContainerPort> Ports { get; init => field = value ?? []; } = [];

    /// <summary>Part of Container; Kubernetes forbids it here.</summary>
    [Proto(1, 11)]
    public Probe? ReadinessProbe { get; init; }

    /// <summary>Which changes of resources need a restart.</summary>
    [Proto(1, 23), Atomic]
    public IReadOnlyList<ContainerResizePolicy> ResizePolicy { get; init => field = value ?? []; } = [];

    /// <summary>Kubernetes forbids it here; the container uses what the pod has to spare.</summary>
    [Proto(1, 8)]
    public ResourceRequirements? Resources { get; init; }

    /// <summary>Part of Container; Kubernetes forbids it here.</summary>
    [Proto(1, 24), ZeroCounts]
    public string? RestartPolicy { get; init; }

    /// <summary>User, group and rights; wins over the pod's.</summary>
    [Proto(1, 15)]
    public SecurityContext? SecurityContext { get; init; }

    /// <summary>Part of Container; Kubernetes forbids it here.</summary>
    [Proto(1, 22)]
    public Probe? StartupProbe { get; init; }

    /// <summary>Whether standard input stays open; false unless given.</summary>
    [Proto(1, 16)]
    public bool? Stdin { get; init; }

    /// <summary>Whether standard input closes after the first client has gone; false unless given.</summary>
    [Proto(1, 17)]
    public bool? StdinOnce { get; init; }

    /// <summary>Container of the pod whose processes this one sees; none unless given.</summary>
    [Proto(2)]
    public string? TargetContainerName { get; init; }

    /// <summary>File whose text becomes the message of the end; /dev/termination-log unless given.</summary>
    [Proto(1, 13)]
    public string? TerminationMessagePath { get; init; }

    /// <summary><c>File</c> (the default) or <c>FallbackToLogsOnError</c>.</summary>
    [Proto(1, 20), OneOf("FallbackToLogsOnError", "File")]
    public string? TerminationMessagePolicy { get; init; }

    /// <summary>Whether the container gets a terminal; needs Stdin. False unless given.</summary>
    [Proto(1, 18)]
    public bool? Tty { get; init; }

    /// <summary>Block devices that the container sees.</summary>
    [Proto(1, 21), ListMap("devicePath"), PatchMerge("devicePath")]
    public IReadOnlyList<VolumeDevice> VolumeDevices { get; init => field = value ?? []; } = [];

    /// <summary>Volumes mounted in the container; no subPath.</summary>
    [Proto(1, 9), ListMap("mountPath"), PatchMerge("mountPath")]
    public IReadOnlyList<VolumeMount> VolumeMounts { get; init => field = value ?? []; } = [];

    /// <summary>Directory in which the program starts; the image's unless given.</summary>
    [Proto(1, 5)]
    public string? WorkingDir { get; init; }
}
