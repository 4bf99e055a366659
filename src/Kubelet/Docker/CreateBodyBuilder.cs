using System.Globalization;
using MiniK8s.Kubelet.Docker.Wire;

namespace MiniK8s.Kubelet.Docker;

/// <summary>Writes a container's specification in the engine's words. What is empty is left out.</summary>
internal static class CreateBodyBuilder
{
    internal static CreateContainerBody Build(ContainerSpec spec) => new()
    {
        Image = spec.Image,
        Entrypoint = spec.Entrypoint,
        Cmd = spec.Command,
        Env = spec.Environment.Count == 0 ? null : [.. spec.Environment.Select(pair => $"{pair.Key}={pair.Value}")],
        WorkingDir = spec.WorkingDirectory,
        User = spec.User,
        Hostname = spec.Hostname,
        Labels = spec.Labels,
        Tty = spec.Tty,
        OpenStdin = spec.OpenStdin,
        StdinOnce = spec.StdinOnce,
        StopSignal = spec.StopSignal,
        ExposedPorts = spec.Networking.Ports.Count == 0
            ? null
            : spec.Networking.Ports.Select(PortKey).Distinct().ToDictionary(key => key, _ => new EmptyBody()),
        HostConfig = HostConfig(spec),
        NetworkingConfig = spec.Networking is { Mode: { } network, Address: { } address }
            ? new NetworkingConfigBody(new Dictionary<string, EndpointConfigBody> { [network] = new(new EndpointAddressBody(address)) })
            : null,
    };

    private static HostConfigBody HostConfig(ContainerSpec spec) => new()
    {
        NetworkMode = spec.Networking.Mode,
        IpcMode = spec.Networking.IpcMode,
        PidMode = spec.Networking.PidMode,
        PortBindings = spec.Networking.Ports.Count == 0 ? null : PortBindings(spec.Networking.Ports),
        Dns = OrNull(spec.Networking.DnsServers),
        DnsSearch = OrNull(spec.Networking.DnsSearch),
        DnsOptions = OrNull(spec.Networking.DnsOptions),
        ExtraHosts = OrNull(spec.Networking.ExtraHosts),
        GroupAdd = OrNull(spec.Groups),
        Mounts = spec.Mounts.Count == 0 ? null : [.. spec.Mounts.Select(Mount)],
        Privileged = spec.Security.Privileged,
        CapAdd = OrNull(spec.Security.AddCapabilities),
        CapDrop = OrNull(spec.Security.DropCapabilities),
        SecurityOpt = OrNull(spec.Security.Options),
        ReadonlyRootfs = spec.Security.ReadOnlyRootFileSystem,
        Sysctls = spec.Security.Sysctls.Count == 0 ? null : spec.Security.Sysctls,
        CpuShares = spec.Resources.CpuShares,
        CpuQuota = spec.Resources.CpuQuota,
        CpuPeriod = spec.Resources.CpuPeriod,
        Memory = spec.Resources.MemoryBytes,

        // Memory and swap together: equal to the memory alone means no swap.
        MemorySwap = spec.Resources.MemoryBytes,
        PidsLimit = spec.Resources.PidsLimit,
        OomScoreAdj = spec.Resources.OomScoreAdjustment,
        CgroupParent = spec.Resources.CgroupParent,
        ShmSize = spec.Resources.SharedMemoryBytes,
        LogConfig = spec.Logging is { } logging ? new LogConfigBody(logging.Driver, logging.Options) : null,
        Init = spec.Init ? true : null,
    };

    private static Dictionary<string, PortBindingBody[]> PortBindings(IReadOnlyList<PublishedPort> ports) => ports
        .GroupBy(PortKey)
        .ToDictionary(
            group => group.Key,
            group => group.Select(port => new PortBindingBody(port.HostIp, port.HostPort.ToString(CultureInfo.InvariantCulture))).ToArray());

    private static string PortKey(PublishedPort port) =>
        string.Create(CultureInfo.InvariantCulture, $"{port.ContainerPort}/{port.Protocol.ToLowerInvariant()}");

    private static MountBody Mount(ContainerMount mount) => new()
    {
        Type = mount.Kind switch
        {
            MountKind.Bind => "bind",
            MountKind.Volume => "volume",
            MountKind.Tmpfs => "tmpfs",
            _ => throw new ArgumentOutOfRangeException(nameof(mount), mount.Kind, "a mount is Bind, Volume or Tmpfs"),
        },
        Source = mount.Kind == MountKind.Tmpfs ? null : mount.Source,
        Target = mount.Target,
        ReadOnly = mount.ReadOnly,
        BindOptions = mount.Propagation is { } propagation ? new BindOptionsBody(propagation) : null,
        TmpfsOptions = mount is { Kind: MountKind.Tmpfs, SizeBytes: { } size } ? new TmpfsOptionsBody(size) : null,
    };

    private static IReadOnlyList<string>? OrNull(IReadOnlyList<string> values) => values.Count == 0 ? null : values;
}
