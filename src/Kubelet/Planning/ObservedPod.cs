namespace MiniK8s.Kubelet.Planning;

/// <summary>What the engine shows of one pod, read back from the labels of its containers: the only memory of what runs.</summary>
/// <param name="Uid">The pod's uid.</param>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Name">The pod's name.</param>
/// <param name="Containers">All containers with that uid, sandboxes among them, in any state.</param>
internal sealed record ObservedPod(string Uid, string Namespace, string Name, IReadOnlyList<ObservedContainer> Containers)
{
    /// <summary>The newest sandbox; null when there is none.</summary>
    public ObservedContainer? Sandbox => Containers.Where(container => container.IsSandbox).MaxBy(container => container.Attempt);

    /// <summary>The newest container of that name; null when there is none.</summary>
    public ObservedContainer? Latest(string name) =>
        Containers.Where(container => !container.IsSandbox && container.Name == name).MaxBy(container => container.Attempt);

    /// <summary>The one before the newest container of that name.</summary>
    public ObservedContainer? Previous(string name) =>
        Containers.Where(container => !container.IsSandbox && container.Name == name).OrderByDescending(container => container.Attempt).Skip(1).FirstOrDefault();
}

/// <summary>One container as the engine shows it.</summary>
internal sealed record ObservedContainer
{
    /// <summary>The engine's id.</summary>
    public required string Id { get; init; }

    /// <summary>The name in the pod's spec; empty for the sandbox.</summary>
    public required string Name { get; init; }

    /// <summary>Whether this is the pause container that owns the pod's network.</summary>
    public bool IsSandbox { get; init; }

    /// <summary>0 for the first container of its name, one more for each restart.</summary>
    public int Attempt { get; init; }

    /// <summary>How many runs in a row before it ended early: what its next restart waits for.</summary>
    public int Crashes { get; init; }

    /// <summary>The sandbox in whose network it lives; empty for a sandbox.</summary>
    public string SandboxId { get; init; } = "";

    /// <summary>Hash of the part of the spec that it was made from.</summary>
    public string SpecHash { get; init; } = "";

    /// <summary>Where it is in its life.</summary>
    public RunPhase Phase { get; init; }

    /// <summary>The exit code, once exited.</summary>
    public int ExitCode { get; init; }

    /// <summary>Whether the kernel killed it for its memory.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>The engine's word on why it could not run; empty where it could.</summary>
    public string Error { get; init; } = "";

    /// <summary>When it was started last.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The image as it was asked for.</summary>
    public string Image { get; init; } = "";

    /// <summary>The engine's id of the image.</summary>
    public string ImageId { get; init; } = "";

    /// <summary>The pod's address; of a sandbox only, empty on the host's network.</summary>
    public string Address { get; init; } = "";
}

/// <summary>Where a container is in its life.</summary>
internal enum RunPhase
{
    /// <summary>Made, never started: left by a kubelet that died in between.</summary>
    Created,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Ran, and ended.</summary>
    Exited,
}
