using System.Text.Json.Serialization;

namespace MiniK8s.Kubelet.Docker.Wire;

internal sealed record ErrorBody([property: JsonPropertyName("message")] string? Message);

internal sealed record VersionBody
{
    public string? Version { get; init; }
    public string? ApiVersion { get; init; }
    public string? MinAPIVersion { get; init; }
    public string? KernelVersion { get; init; }
    public string? Os { get; init; }
    public string? Arch { get; init; }
}

internal sealed record InfoBody
{
    public string? Name { get; init; }
    public string? OperatingSystem { get; init; }
    public int NCPU { get; init; }
    public long MemTotal { get; init; }
    public string? DockerRootDir { get; init; }
    public string? CgroupDriver { get; init; }
    public string? CgroupVersion { get; init; }
    public string? Driver { get; init; }
}

internal sealed record EventBody
{
    public string? Type { get; init; }
    public string? Action { get; init; }
    public ActorBody? Actor { get; init; }

    [JsonPropertyName("timeNano")]
    public long TimeNano { get; init; }
}

internal sealed record ActorBody(string? ID, Dictionary<string, string>? Attributes);

internal sealed record ImageBody
{
    public required string Id { get; init; }
    public string[]? RepoTags { get; init; }
    public string[]? RepoDigests { get; init; }
    public long Size { get; init; }
    public ContainerConfigBody? Config { get; init; }
}

internal sealed record ImageListBody
{
    public required string Id { get; init; }
    public string[]? RepoTags { get; init; }
    public string[]? RepoDigests { get; init; }
    public long Size { get; init; }
    public long Created { get; init; }
}

internal sealed record ImageProgressBody
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("progressDetail")]
    public ProgressDetailBody? Detail { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }
}

internal sealed record ProgressDetailBody(
    [property: JsonPropertyName("current")] long? Current, [property: JsonPropertyName("total")] long? Total);

internal sealed record RegistryAuthBody(
    [property: JsonPropertyName("username")] string User,
    [property: JsonPropertyName("password")] string Password,
    [property: JsonPropertyName("serveraddress")] string Registry);

internal sealed record CreateNetworkBody
{
    public required string Name { get; init; }
    public bool CheckDuplicate { get; init; }
    public required string Driver { get; init; }
    public bool Internal { get; init; }
    public IpamBody? IPAM { get; init; }
    public IReadOnlyDictionary<string, string>? Options { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

internal sealed record IpamBody(IpamConfigBody[]? Config);

internal sealed record IpamConfigBody(string? Subnet, string? Gateway, string? IPRange);

internal sealed record NetworkBody
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Driver { get; init; }
    public IpamBody? IPAM { get; init; }
    public Dictionary<string, string>? Options { get; init; }
    public Dictionary<string, string>? Labels { get; init; }
    public Dictionary<string, NetworkContainerBody>? Containers { get; init; }
}

internal sealed record NetworkContainerBody(string? IPv4Address);

internal sealed record ConnectBody(string Container, EndpointConfigBody? EndpointConfig);

internal sealed record DisconnectBody(string Container, bool Force);
