using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A container of a pod: image, command, environment, resources and probes.</summary>
public sealed record Container
{
    /// <summary>Arguments; the image's CMD unless given. $(NAME) stands for a variable, $$(NAME) for the text itself.</summary>
    [Proto(4), Atomic]
    public IReadOnlyList<string> Args { get; init => field = value ?? []; } = [];

    /// <summary>Program to run; the image's ENTRYPOINT unless given. Not run by a shell; $(NAME) as in Args.</summary>
    [Proto(3), Atomic]
    public IReadOnlyList<string> Command { get; init => field = value ?? []; } = [];

    /// <summary>Environment variables; wins over EnvFrom.</summary>
    [Proto(7), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<EnvVar> Env { get; init => field = value ?? []; } = [];

    /// <summary>Config maps and secrets all of whose keys become variables; the last one wins.</summary>
    [Proto(19), Atomic]
    public IReadOnlyList<EnvFromSource> EnvFrom { get; init => field = value ?? []; } = [];

    /// <summary>Image reference, such as <c>nginx:1.27</c>.</summary>
    [Proto(2)]
    public string? Image { get; init; }

    /// <summary>When to pull: <c>Always</c> (the default for tag latest), <c>IfNotPresent</c> (the default otherwise) or <c>Never</c>.</summary>
    [Proto(14), OneOf("Always", "IfNotPresent", "Never")]
    public string? ImagePullPolicy { get; init; }

    /// <summary>What to run just after the start and before the end.</summary>
    [Proto(12)]
    public Lifecycle? Lifecycle { get; init; }

    /// <summary>Test of life; the container is restarted when it fails.</summary>
    [Proto(10)]
    public Probe? LivenessProbe { get; init; }

    /// <summary>DNS label, unique in the pod.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Ports that the container listens on; for information and names, except host ports.</summary>
    [Proto(6), ListMap("containerPort", "protocol"), PatchMerge("containerPort")]
    public IReadOnlyList<ContainerPort> Ports { get; init => field = value ?? []; } = [];

    /// <summary>Test of readiness; the pod gets no traffic from Services while it fails.</summary>
    [Proto(11)]
    public Probe? ReadinessProbe { get; init; }

    /// <summary>Which changes of resources need a restart.</summary>
    [Proto(23), Atomic]
    public IReadOnlyList<ContainerResizePolicy> ResizePolicy { get; init => field = value ?? []; } = [];

    /// <summary>Requests and limits.</summary>
    [Proto(8)]
    public ResourceRequirements? Resources { get; init; }

    /// <summary>Only for init containers: <c>Always</c> makes one a sidecar, which keeps running.</summary>
    [Proto(24), ZeroCounts]
    public string? RestartPolicy { get; init; }

    /// <summary>User, group and rights; wins over the pod's.</summary>
    [Proto(15)]
    public SecurityContext? SecurityContext { get; init; }

    /// <summary>Test that the program is up; the other probes wait for it.</summary>
    [Proto(22)]
    public Probe? StartupProbe { get; init; }

    /// <summary>Whether standard input stays open; false unless given.</summary>
    [Proto(16)]
    public bool? Stdin { get; init; }

    /// <summary>Whether standard input closes after the first client has gone; false unless given.</summary>
    [Proto(17)]
    public bool? StdinOnce { get; init; }

    /// <summary>File in the container whose text becomes the message of its end; /dev/termination-log unless given.</summary>
    [Proto(13)]
    public string? TerminationMessagePath { get; init; }

    /// <summary><c>File</c> (the default), or <c>FallbackToLogsOnError</c> to take the log's end if the file is empty and the container failed.</summary>
    [Proto(20), OneOf("FallbackToLogsOnError", "File")]
    public string? TerminationMessagePolicy { get; init; }

    /// <summary>Whether the container gets a terminal; needs Stdin. False unless given.</summary>
    [Proto(18)]
    public bool? Tty { get; init; }

    /// <summary>Block devices that the container sees.</summary>
    [Proto(21), ListMap("devicePath"), PatchMerge("devicePath")]
    public IReadOnlyList<VolumeDevice> VolumeDevices { get; init => field = value ?? []; } = [];

    /// <summary>Volumes mounted in the container.</summary>
    [Proto(9), ListMap("mountPath"), PatchMerge("mountPath")]
    public IReadOnlyList<VolumeMount> VolumeMounts { get; init => field = value ?? []; } = [];

    /// <summary>Directory in which the program starts; the image's unless given.</summary>
    [Proto(5)]
    public string? WorkingDir { get; init; }
}
