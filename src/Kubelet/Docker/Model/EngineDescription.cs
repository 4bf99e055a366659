namespace MiniK8s.Kubelet.Docker;

/// <summary>Which engine answers.</summary>
/// <param name="Version">Of the engine, for example <c>20.10.24</c>.</param>
/// <param name="ApiVersion">The newest API that it speaks.</param>
/// <param name="MinApiVersion">The oldest API that it speaks.</param>
/// <param name="KernelVersion">Of its host.</param>
/// <param name="OperatingSystem"><c>linux</c>.</param>
/// <param name="Architecture">In Go's words: <c>amd64</c>, <c>arm64</c>.</param>
public sealed record EngineVersion(
    string Version, string ApiVersion, string MinApiVersion, string KernelVersion, string OperatingSystem, string Architecture);

/// <summary>What the engine's host offers.</summary>
/// <param name="Name">The host's name.</param>
/// <param name="OperatingSystemName">For people, for example <c>Debian GNU/Linux 12 (bookworm)</c>.</param>
/// <param name="Processors">How many the engine may use.</param>
/// <param name="MemoryBytes">Of the host.</param>
/// <param name="RootDirectory">Where the engine keeps images and containers.</param>
/// <param name="CgroupDriver"><c>cgroupfs</c> or <c>systemd</c>.</param>
/// <param name="CgroupVersion"><c>1</c> or <c>2</c>.</param>
/// <param name="StorageDriver">For example <c>overlay2</c>.</param>
public sealed record EngineInfo(
    string Name,
    string OperatingSystemName,
    int Processors,
    long MemoryBytes,
    string RootDirectory,
    string CgroupDriver,
    string CgroupVersion,
    string StorageDriver);

/// <summary>Something that happened on the engine.</summary>
/// <param name="Kind">What it happened to: <c>container</c>, <c>image</c>, <c>network</c>, <c>volume</c>, <c>daemon</c>.</param>
/// <param name="Action">What happened, for example <c>start</c>, <c>die</c>, <c>oom</c>, <c>destroy</c>.</param>
/// <param name="Id">Of the container or other thing.</param>
/// <param name="Attributes">For containers their labels, <c>name</c>, <c>image</c>, and <c>exitCode</c> with <c>die</c>.</param>
/// <param name="At">The engine's clock; pass it as <see cref="EventFilter.Since"/> to go on from here.</param>
public sealed record EngineEvent(string Kind, string Action, string Id, IReadOnlyDictionary<string, string> Attributes, DateTimeOffset At);

/// <summary>Which events are wanted. Empty members ask for all.</summary>
public sealed record EventFilter
{
    /// <summary>Kinds of things, for example <c>container</c>.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Labels as <c>key</c> or <c>key=value</c>; all must be there.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The engine first tells what it remembers from this time on.</summary>
    public DateTimeOffset? Since { get; init; }
}
