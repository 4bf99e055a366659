using MiniK8s.Kubelet.Docker.Wire;

namespace MiniK8s.Kubelet.Docker;

/// <summary>Reads the engine's answers into records whose collections are never null.</summary>
internal static class DockerMapping
{
    private static readonly Dictionary<string, string> NoText = [];

    internal static ContainerSummary ToContainerSummary(ContainerListBody body) => new()
    {
        Id = body.Id,
        Name = NameOf(body.Names?.FirstOrDefault()),
        Image = body.Image ?? "",
        ImageId = body.ImageID ?? "",
        Phase = ToPhase(body.State),
        CreatedAt = DateTimeOffset.FromUnixTimeSeconds(body.Created),
        Labels = body.Labels ?? NoText,
    };

    internal static ContainerDetails ToContainer(ContainerBody body) => new()
    {
        Id = body.Id,
        Name = NameOf(body.Name),
        Image = body.Config?.Image ?? "",
        ImageId = body.Image ?? "",
        CreatedAt = body.Created,
        State = ToState(body.State ?? new ContainerStateBody()),
        Labels = body.Config?.Labels ?? NoText,
        Tty = body.Config?.Tty ?? false,
        OpenStdin = body.Config?.OpenStdin ?? false,
        NetworkMode = body.HostConfig?.NetworkMode ?? "",
        Networks = body.NetworkSettings?.Networks?.ToDictionary(pair => pair.Key, pair => ToAddress(pair.Value)) ?? [],
        Mounts = [.. (body.Mounts ?? []).Select(ToMount)],
        LogPath = body.LogPath ?? "",
        ResolvConfPath = body.ResolvConfPath ?? "",
        HostsPath = body.HostsPath ?? "",
        SandboxKey = body.NetworkSettings?.SandboxKey ?? "",
    };

    internal static ImageDetails ToImage(ImageBody body) => new()
    {
        Id = body.Id,
        Tags = body.RepoTags ?? [],
        Digests = body.RepoDigests ?? [],
        SizeBytes = body.Size,
        User = body.Config?.User ?? "",
        Entrypoint = body.Config?.Entrypoint ?? [],
        Command = body.Config?.Cmd ?? [],
        Environment = body.Config?.Env ?? [],
        WorkingDirectory = body.Config?.WorkingDir ?? "",
        Labels = body.Config?.Labels ?? NoText,
    };

    internal static ImageSummary ToImageSummary(ImageListBody body) =>
        new(body.Id, body.RepoTags ?? [], body.RepoDigests ?? [], body.Size, DateTimeOffset.FromUnixTimeSeconds(body.Created));

    internal static NetworkDetails ToNetwork(NetworkBody body) => new()
    {
        Id = body.Id,
        Name = body.Name,
        Driver = body.Driver ?? "",
        Subnets = [.. (body.IPAM?.Config ?? []).Select(config => new NetworkSubnet(config.Subnet ?? "", config.Gateway ?? ""))],
        Options = body.Options ?? NoText,
        Labels = body.Labels ?? NoText,
        Containers = body.Containers?.ToDictionary(pair => pair.Key, pair => pair.Value.IPv4Address ?? "") ?? NoText,
    };

    internal static EngineEvent ToEvent(EventBody body) =>
        new(
            body.Type ?? "",
            body.Action ?? "",
            body.Actor?.ID ?? "",
            body.Actor?.Attributes ?? NoText,
            DateTimeOffset.UnixEpoch.AddTicks(body.TimeNano / TimeSpan.NanosecondsPerTick));

    internal static ContainerStats ToStats(StatsBody body)
    {
        var usage = body.Memory?.Usage ?? 0;

        // Version 1 of control groups calls the pages that can be dropped total_inactive_file, version 2 inactive_file.
        var details = body.Memory?.Stats ?? [];
        var droppable = details.TryGetValue("total_inactive_file", out var first) ? first : details.GetValueOrDefault("inactive_file");
        var networks = body.Networks?.Values.ToList() ?? [];
        return new ContainerStats(
            body.Read,
            body.Cpu?.Usage?.Total ?? 0,
            usage,
            usage > droppable ? usage - droppable : 0,
            body.Memory?.Limit ?? 0,
            body.Pids?.Current ?? 0,
            networks.Aggregate(0UL, (sum, network) => sum + network.Received),
            networks.Aggregate(0UL, (sum, network) => sum + network.Sent));
    }

    private static ContainerState ToState(ContainerStateBody body) => new(
        ToPhase(body.Status), body.Pid, body.ExitCode, body.OOMKilled, body.Error ?? "", TimeOf(body.StartedAt), TimeOf(body.FinishedAt));

    private static ContainerPhase ToPhase(string? word) => word switch
    {
        "created" => ContainerPhase.Created,
        "running" => ContainerPhase.Running,
        "paused" => ContainerPhase.Paused,
        "restarting" => ContainerPhase.Restarting,
        "removing" => ContainerPhase.Removing,
        "exited" => ContainerPhase.Exited,
        "dead" => ContainerPhase.Dead,
        _ => ContainerPhase.Unknown,
    };

    private static ContainerMount ToMount(MountPointBody body) => new(
        body.Type switch { "volume" => MountKind.Volume, "tmpfs" => MountKind.Tmpfs, _ => MountKind.Bind },
        body.Source ?? "",
        body.Destination ?? "",
        !body.RW,
        body.Propagation is { Length: > 0 } propagation ? propagation : null);

    private static ContainerAddress ToAddress(EndpointBody body) =>
        new(body.IPAddress ?? "", body.IPPrefixLen, body.Gateway ?? "", body.GlobalIPv6Address ?? "", body.MacAddress ?? "");

    private static string NameOf(string? name) => name?.TrimStart('/') ?? "";

    /// <summary>The engine writes year 1 for what has not happened.</summary>
    private static DateTimeOffset? TimeOf(DateTimeOffset time) => time.Year <= 1 ? null : time;
}
