namespace MiniK8s.Kubelet.Docker;

/// <summary>The phase of a container's life as the engine tells it.</summary>
public enum ContainerPhase
{
    /// <summary>A word that this client does not know.</summary>
    Unknown,
    Created,
    Running,
    Paused,
    Restarting,
    Removing,
    Exited,

    /// <summary>The engine could not remove it wholly; only removal is left.</summary>
    Dead,
}

/// <summary>One container as a list shows it.</summary>
public sealed record ContainerSummary
{
    public required string Id { get; init; }

    /// <summary>Without the slash that the engine puts before it.</summary>
    public required string Name { get; init; }

    /// <summary>The reference it was created with.</summary>
    public required string Image { get; init; }

    public required string ImageId { get; init; }

    public required ContainerPhase Phase { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>One container in full.</summary>
public sealed record ContainerDetails
{
    public required string Id { get; init; }

    /// <summary>Without the slash that the engine puts before it.</summary>
    public required string Name { get; init; }

    /// <summary>The reference it was created with.</summary>
    public required string Image { get; init; }

    public required string ImageId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required ContainerState State { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public bool Tty { get; init; }

    public bool OpenStdin { get; init; }

    /// <summary>The network mode it was created with.</summary>
    public string NetworkMode { get; init; } = string.Empty;

    /// <summary>Its networks by name; empty when it shares another container's.</summary>
    public IReadOnlyDictionary<string, ContainerAddress> Networks { get; init; } = new Dictionary<string, ContainerAddress>();

    /// <summary>Its mounts; <see cref="ContainerMount.Source"/> is the host's path.</summary>
    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary>The file that the engine writes its output to; empty for drivers without one.</summary>
    public string LogPath { get; init; } = string.Empty;

    /// <summary>The host's file that the container sees as /etc/resolv.conf.</summary>
    public string ResolvConfPath { get; init; } = string.Empty;

    /// <summary>The host's file that the container sees as /etc/hosts.</summary>
    public string HostsPath { get; init; } = string.Empty;

    /// <summary>The file of its network namespace; empty when it does not run.</summary>
    public string SandboxKey { get; init; } = string.Empty;
}

/// <summary>What a container does, or how it ended.</summary>
/// <param name="Phase">The phase of its life.</param>
/// <param name="Pid">The host's id of its first process; 0 when it does not run.</param>
/// <param name="ExitCode">The exit code of the last run; 128 + N after signal N.</param>
/// <param name="OomKilled">True when the kernel ended it for want of memory.</param>
/// <param name="Error">Why the engine could not start it; empty when it could.</param>
/// <param name="StartedAt">Null for one that never ran.</param>
/// <param name="FinishedAt">Null for one that never ended.</param>
public sealed record ContainerState(
    ContainerPhase Phase,
    int Pid,
    int ExitCode,
    bool OomKilled,
    string Error,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt);

/// <summary>A container's place on one network; addresses are empty when it does not run.</summary>
/// <param name="Address">IPv4.</param>
/// <param name="PrefixLength">Of the IPv4 subnet.</param>
/// <param name="Gateway">IPv4.</param>
/// <param name="Address6">IPv6.</param>
/// <param name="MacAddress">Of the container's end.</param>
public sealed record ContainerAddress(string Address, int PrefixLength, string Gateway, string Address6, string MacAddress);

/// <summary>What a container has used, read once.</summary>
/// <param name="ReadAt">The engine's clock at the reading.</param>
/// <param name="CpuNanoseconds">Processor time since the container started.</param>
/// <param name="MemoryBytes">In use, with the page cache.</param>
/// <param name="WorkingSetBytes">In use, without file pages that can be dropped at once: what eviction looks at.</param>
/// <param name="MemoryLimitBytes">The most it may use.</param>
/// <param name="Processes">How many run in it.</param>
/// <param name="ReceivedBytes">Over all its networks.</param>
/// <param name="SentBytes">Over all its networks.</param>
public sealed record ContainerStats(
    DateTimeOffset ReadAt,
    ulong CpuNanoseconds,
    ulong MemoryBytes,
    ulong WorkingSetBytes,
    ulong MemoryLimitBytes,
    ulong Processes,
    ulong ReceivedBytes,
    ulong SentBytes);
