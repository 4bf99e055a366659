using System.Text.Json.Serialization;

namespace MiniK8s.Kubelet.Docker.Wire;

// The shapes of the Docker Engine API, version 1.41, as far as they are used. Names are the engine's.

internal sealed record CreateContainerBody
{
    public required string Image { get; init; }
    public IReadOnlyList<string>? Entrypoint { get; init; }
    public IReadOnlyList<string>? Cmd { get; init; }
    public IReadOnlyList<string>? Env { get; init; }
    public string? WorkingDir { get; init; }
    public string? User { get; init; }
    public string? Hostname { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
    public bool Tty { get; init; }
    public bool OpenStdin { get; init; }
    public bool StdinOnce { get; init; }
    public string? StopSignal { get; init; }
    public IReadOnlyDictionary<string, EmptyBody>? ExposedPorts { get; init; }
    public required HostConfigBody HostConfig { get; init; }
    public NetworkingConfigBody? NetworkingConfig { get; init; }
}

internal sealed record EmptyBody;

internal sealed record HostConfigBody
{
    public string? NetworkMode { get; init; }
    public string? IpcMode { get; init; }
    public string? PidMode { get; init; }
    public IReadOnlyDictionary<string, PortBindingBody[]>? PortBindings { get; init; }
    public IReadOnlyList<string>? Dns { get; init; }
    public IReadOnlyList<string>? DnsSearch { get; init; }
    public IReadOnlyList<string>? DnsOptions { get; init; }
    public IReadOnlyList<string>? ExtraHosts { get; init; }
    public IReadOnlyList<string>? GroupAdd { get; init; }
    public IReadOnlyList<MountBody>? Mounts { get; init; }
    public bool Privileged { get; init; }
    public IReadOnlyList<string>? CapAdd { get; init; }
    public IReadOnlyList<string>? CapDrop { get; init; }
    public IReadOnlyList<string>? SecurityOpt { get; init; }
    public bool ReadonlyRootfs { get; init; }
    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }
    public long? CpuShares { get; init; }
    public long? CpuQuota { get; init; }
    public long? CpuPeriod { get; init; }
    public long? Memory { get; init; }
    public long? MemorySwap { get; init; }
    public long? PidsLimit { get; init; }
    public int? OomScoreAdj { get; init; }
    public string? CgroupParent { get; init; }
    public long? ShmSize { get; init; }
    public LogConfigBody? LogConfig { get; init; }
    public bool? Init { get; init; }
}

internal sealed record PortBindingBody(string HostIp, string HostPort);

internal sealed record LogConfigBody(string Type, IReadOnlyDictionary<string, string> Config);

internal sealed record MountBody
{
    public required string Type { get; init; }
    public string? Source { get; init; }
    public required string Target { get; init; }
    public bool ReadOnly { get; init; }
    public BindOptionsBody? BindOptions { get; init; }
    public TmpfsOptionsBody? TmpfsOptions { get; init; }
}

internal sealed record BindOptionsBody(string Propagation);

internal sealed record TmpfsOptionsBody(long SizeBytes);

internal sealed record NetworkingConfigBody(IReadOnlyDictionary<string, EndpointConfigBody> EndpointsConfig);

internal sealed record EndpointConfigBody(EndpointAddressBody? IPAMConfig);

internal sealed record EndpointAddressBody(string IPv4Address);

internal sealed record CreatedBody(string Id);

internal sealed record ContainerListBody
{
    public required string Id { get; init; }
    public string[]? Names { get; init; }
    public string? Image { get; init; }
    public string? ImageID { get; init; }
    public string? State { get; init; }
    public long Created { get; init; }
    public Dictionary<string, string>? Labels { get; init; }
}

internal sealed record ContainerBody
{
    public required string Id { get; init; }
    public string? Name { get; init; }
    public string? Image { get; init; }
    public DateTimeOffset Created { get; init; }
    public ContainerStateBody? State { get; init; }
    public ContainerConfigBody? Config { get; init; }
    public InspectedHostConfigBody? HostConfig { get; init; }
    public NetworkSettingsBody? NetworkSettings { get; init; }
    public MountPointBody[]? Mounts { get; init; }
    public string? LogPath { get; init; }
    public string? ResolvConfPath { get; init; }
    public string? HostsPath { get; init; }
}

internal sealed record ContainerStateBody
{
    public string? Status { get; init; }
    public int Pid { get; init; }
    public int ExitCode { get; init; }
    public bool OOMKilled { get; init; }
    public string? Error { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset FinishedAt { get; init; }
}

internal sealed record ContainerConfigBody
{
    public string? Image { get; init; }
    public Dictionary<string, string>? Labels { get; init; }
    public bool Tty { get; init; }
    public bool OpenStdin { get; init; }
    public string? User { get; init; }
    public string[]? Env { get; init; }
    public string[]? Cmd { get; init; }
    public string[]? Entrypoint { get; init; }
    public string? WorkingDir { get; init; }
}

internal sealed record InspectedHostConfigBody(string? NetworkMode);

internal sealed record NetworkSettingsBody(string? SandboxKey, Dictionary<string, EndpointBody>? Networks);

internal sealed record EndpointBody
{
    public string? IPAddress { get; init; }
    public int IPPrefixLen { get; init; }
    public string? Gateway { get; init; }
    public string? GlobalIPv6Address { get; init; }
    public string? MacAddress { get; init; }
}

internal sealed record MountPointBody
{
    public string? Type { get; init; }
    public string? Source { get; init; }
    public string? Destination { get; init; }
    public bool RW { get; init; }
    public string? Propagation { get; init; }
}

internal sealed record WaitBody(int StatusCode, WaitErrorBody? Error);

internal sealed record WaitErrorBody(string? Message);

internal sealed record ExecCreateBody
{
    public required IReadOnlyList<string> Cmd { get; init; }
    public bool AttachStdin { get; init; }
    public bool AttachStdout { get; init; }
    public bool AttachStderr { get; init; }
    public bool Tty { get; init; }
    public IReadOnlyList<string>? Env { get; init; }
    public string? WorkingDir { get; init; }
    public string? User { get; init; }
}

internal sealed record ExecStartBody(bool Detach, bool Tty);

internal sealed record ExecBody(bool Running, int? ExitCode);

internal sealed record StatsBody
{
    [JsonPropertyName("read")]
    public DateTimeOffset Read { get; init; }

    [JsonPropertyName("cpu_stats")]
    public CpuStatsBody? Cpu { get; init; }

    [JsonPropertyName("memory_stats")]
    public MemoryStatsBody? Memory { get; init; }

    [JsonPropertyName("pids_stats")]
    public PidsStatsBody? Pids { get; init; }

    [JsonPropertyName("networks")]
    public Dictionary<string, InterfaceStatsBody>? Networks { get; init; }
}

internal sealed record CpuStatsBody([property: JsonPropertyName("cpu_usage")] CpuUsageBody? Usage);

internal sealed record CpuUsageBody([property: JsonPropertyName("total_usage")] ulong Total);

internal sealed record MemoryStatsBody(
    [property: JsonPropertyName("usage")] ulong Usage,
    [property: JsonPropertyName("limit")] ulong Limit,
    [property: JsonPropertyName("stats")] Dictionary<string, ulong>? Stats);

internal sealed record PidsStatsBody([property: JsonPropertyName("current")] ulong Current);

internal sealed record InterfaceStatsBody(
    [property: JsonPropertyName("rx_bytes")] ulong Received, [property: JsonPropertyName("tx_bytes")] ulong Sent);
