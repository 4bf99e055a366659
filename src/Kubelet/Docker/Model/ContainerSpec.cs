namespace MiniK8s.Kubelet.Docker;

/// <summary>A container to create. What is null or empty is left to the image and the engine.</summary>
public sealed record ContainerSpec
{
    /// <summary>A name that is unique on the engine: two characters or more of <c>[a-zA-Z0-9_.-]</c>, the first a letter or digit.</summary>
    public required string Name { get; init; }

    /// <summary>An image reference or id that the engine has.</summary>
    public required string Image { get; init; }

    /// <summary>Replaces the image's entry point, and its command with it.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Replaces the image's command: the arguments of the entry point.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Environment variables in order; a later one wins.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    public string? WorkingDirectory { get; init; }

    /// <summary><c>user</c>, <c>uid</c>, <c>user:group</c> or <c>uid:gid</c>.</summary>
    public string? User { get; init; }

    /// <summary>Further groups of the process, by number or name.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    public string? Hostname { get; init; }

    /// <summary>What the container is found again by.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>True for a terminal; its output is then one stream.</summary>
    public bool Tty { get; init; }

    /// <summary>True keeps standard input open for <c>attach</c>.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>True closes standard input after the first attached client has left.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>Networking and the other shared namespaces.</summary>
    public ContainerNetworking Networking { get; init; } = new();

    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    public ContainerSecurity Security { get; init; } = new();

    public ContainerResources Resources { get; init; } = new();

    /// <summary>The log driver; null for the engine's own choice.</summary>
    public ContainerLogging? Logging { get; init; }

    /// <summary>The signal that <c>stop</c> sends first, SIGTERM unless the image says otherwise.</summary>
    public string? StopSignal { get; init; }

    /// <summary>True lets a small init process reap what the container's processes leave.</summary>
    public bool Init { get; init; }
}

/// <summary>Where a container's packets travel, and whose namespaces it shares.</summary>
public sealed record ContainerNetworking
{
    /// <summary>A network's name, <c>none</c>, <c>host</c>, or <c>container:ID</c> to share that container's; null for the default bridge.</summary>
    public string? Mode { get; init; }

    /// <summary>A fixed IPv4 address on the network of <see cref="Mode"/>, which must be one with a subnet of its own.</summary>
    public string? Address { get; init; }

    /// <summary>Published ports.</summary>
    public IReadOnlyList<PublishedPort> Ports { get; init; } = [];

    public IReadOnlyList<string> DnsServers { get; init; } = [];

    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    /// <summary>Further lines of /etc/hosts as <c>name:address</c>.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary><c>host</c>, <c>shareable</c> or <c>container:ID</c>.</summary>
    public string? IpcMode { get; init; }

    /// <summary><c>host</c> or <c>container:ID</c>.</summary>
    public string? PidMode { get; init; }
}

/// <summary>A port of a container that the host answers on.</summary>
/// <param name="ContainerPort">The port inside.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
/// <param name="HostPort">The host's port.</param>
/// <param name="HostIp">The host's address; empty for all.</param>
public sealed record PublishedPort(int ContainerPort, string Protocol, int HostPort, string HostIp = "");

/// <summary>What a mount's source is.</summary>
public enum MountKind
{
    /// <summary>A path of the host, which must exist.</summary>
    Bind,

    /// <summary>A volume that the engine keeps under a name.</summary>
    Volume,

    /// <summary>Memory, gone with the container.</summary>
    Tmpfs,
}

/// <summary>A file system seen in a container.</summary>
/// <param name="Kind">What the source is.</param>
/// <param name="Source">The host's path or the volume's name; empty for memory.</param>
/// <param name="Target">The absolute path inside.</param>
/// <param name="ReadOnly">True refuses writes.</param>
/// <param name="Propagation">For binds: <c>rprivate</c>, <c>rslave</c> or <c>rshared</c>; null for the engine's default.</param>
/// <param name="SizeBytes">For memory: the most it may hold; null for half of the host's.</param>
public sealed record ContainerMount(
    MountKind Kind, string Source, string Target, bool ReadOnly = false, string? Propagation = null, long? SizeBytes = null);

/// <summary>What a container's processes may do.</summary>
public sealed record ContainerSecurity
{
    public bool Privileged { get; init; }

    /// <summary>Capabilities beyond the engine's default set, without the prefix <c>CAP_</c>; <c>ALL</c> for every one.</summary>
    public IReadOnlyList<string> AddCapabilities { get; init; } = [];

    /// <summary>Capabilities taken away.</summary>
    public IReadOnlyList<string> DropCapabilities { get; init; } = [];

    /// <summary>Engine options such as <c>no-new-privileges</c> or <c>seccomp=unconfined</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public bool ReadOnlyRootFileSystem { get; init; }

    /// <summary>Kernel parameters of the container's own namespaces.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();
}

/// <summary>How much a container may take. Null leaves a matter unlimited.</summary>
public sealed record ContainerResources
{
    /// <summary>Relative weight; 1024 is one processor's worth.</summary>
    public long? CpuShares { get; init; }

    /// <summary>Microseconds of processor time in each <see cref="CpuPeriod"/>.</summary>
    public long? CpuQuota { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuPeriod { get; init; }

    /// <summary>Bytes; swap is not added to it.</summary>
    public long? MemoryBytes { get; init; }

    public long? PidsLimit { get; init; }

    /// <summary>From -1000 (never killed) to 1000 (killed first).</summary>
    public int? OomScoreAdjustment { get; init; }

    /// <summary>The control group above the container's own.</summary>
    public string? CgroupParent { get; init; }

    /// <summary>Bytes of /dev/shm.</summary>
    public long? SharedMemoryBytes { get; init; }
}

/// <summary>Where a container's output goes.</summary>
/// <param name="Driver">The driver's name; logs can be read from <c>json-file</c> and <c>local</c>.</param>
/// <param name="Options">The driver's options, for example <c>max-size</c>.</param>
public sealed record ContainerLogging(string Driver, IReadOnlyDictionary<string, string> Options);
