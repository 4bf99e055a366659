using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record EphemeralContainer
{
    [Proto(1, 4), Atomic]
    public IReadOnlyList<string> Args { get; init => field = value ?? []; } = [];

    [Proto(1, 3), Atomic]
    public IReadOnlyList<string> Command { get; init => field = value ?? []; } = [];

    [Proto(1, 7), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<EnvVar> Env { get; init => field = value ?? []; } = [];

    [Proto(1, 19), Atomic]
    public IReadOnlyList<EnvFromSource> EnvFrom { get; init => field = value ?? []; } = [];

    [Proto(1, 2)]
    public string? Image { get; init; }

    [Proto(1, 14), OneOf("Always", "IfNotPresent", "Never")]
    public string? ImagePullPolicy { get; init; }

    [Proto(1, 12)]
    public Lifecycle? Lifecycle { get; init; }

    [Proto(1, 10)]
    public Probe? LivenessProbe { get; init; }

    [Proto(1, 1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(1, 6), ListMap("containerPort", "protocol"), PatchMerge("containerPort")]
    public IReadOnlyList<ContainerPort> Ports { get; init => field = value ?? []; } = [];

    [Proto(1, 11)]
    public Probe? ReadinessProbe { get; init; }

    [Proto(1, 23), Atomic]
    public IReadOnlyList<ContainerResizePolicy> ResizePolicy { get; init => field = value ?? []; } = [];

    [Proto(1, 8)]
    public ResourceRequirements? Resources { get; init; }

    [Proto(1, 24), ZeroCounts]
    public string? RestartPolicy { get; init; }

    [Proto(1, 15)]
    public SecurityContext? SecurityContext { get; init; }

    [Proto(1, 22)]
    public Probe? StartupProbe { get; init; }

    [Proto(1, 16)]
    public bool? Stdin { get; init; }

    [Proto(1, 17)]
    public bool? StdinOnce { get; init; }

    [Proto(2)]
    public string? TargetContainerName { get; init; }

    [Proto(1, 13)]
    public string? TerminationMessagePath { get; init; }

    [Proto(1, 20), OneOf("FallbackToLogsOnError", "File")]
    public string? TerminationMessagePolicy { get; init; }

    [Proto(1, 18)]
    public bool? Tty { get; init; }

    [Proto(1, 21), ListMap("devicePath"), PatchMerge("devicePath")]
    public IReadOnlyList<VolumeDevice> VolumeDevices { get; init => field = value ?? []; } = [];

    [Proto(1, 9), ListMap("mountPath"), PatchMerge("mountPath")]
    public IReadOnlyList<VolumeMount> VolumeMounts { get; init => field = value ?? []; } = [];

    [Proto(1, 5)]
    public string? WorkingDir { get; init; }
}
