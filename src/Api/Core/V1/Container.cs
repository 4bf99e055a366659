using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record Container
{
    [Proto(4), Atomic]
    public IReadOnlyList<string> Args { get; init => field = value ?? []; } = [];

    [Proto(3), Atomic]
    public IReadOnlyList<string> Command { get; init => field = value ?? []; } = [];

    [Proto(7), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<EnvVar> Env { get; init => field = value ?? []; } = [];

    [Proto(19), Atomic]
    public IReadOnlyList<EnvFromSource> EnvFrom { get; init => field = value ?? []; } = [];

    [Proto(2)]
    public string? Image { get; init; }

    [Proto(14), OneOf("Always", "IfNotPresent", "Never")]
    public string? ImagePullPolicy { get; init; }

    [Proto(12)]
    public Lifecycle? Lifecycle { get; init; }

    [Proto(10)]
    public Probe? LivenessProbe { get; init; }

    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(6), ListMap("containerPort", "protocol"), PatchMerge("containerPort")]
    public IReadOnlyList<ContainerPort> Ports { get; init => field = value ?? []; } = [];

    [Proto(11)]
    public Probe? ReadinessProbe { get; init; }

    [Proto(23), Atomic]
    public IReadOnlyList<ContainerResizePolicy> ResizePolicy { get; init => field = value ?? []; } = [];

    [Proto(8)]
    public ResourceRequirements? Resources { get; init; }

    [Proto(24), ZeroCounts]
    public string? RestartPolicy { get; init; }

    [Proto(15)]
    public SecurityContext? SecurityContext { get; init; }

    [Proto(22)]
    public Probe? StartupProbe { get; init; }

    [Proto(16)]
    public bool? Stdin { get; init; }

    [Proto(17)]
    public bool? StdinOnce { get; init; }

    [Proto(13)]
    public string? TerminationMessagePath { get; init; }

    [Proto(20), OneOf("FallbackToLogsOnError", "File")]
    public string? TerminationMessagePolicy { get; init; }

    [Proto(18)]
    public bool? Tty { get; init; }

    [Proto(21), ListMap("devicePath"), PatchMerge("devicePath")]
    public IReadOnlyList<VolumeDevice> VolumeDevices { get; init => field = value ?? []; } = [];

    [Proto(9), ListMap("mountPath"), PatchMerge("mountPath")]
    public IReadOnlyList<VolumeMount> VolumeMounts { get; init => field = value ?? []; } = [];

    [Proto(5)]
    public string? WorkingDir { get; init; }
}
