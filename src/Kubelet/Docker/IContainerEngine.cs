namespace MiniK8s.Kubelet.Docker;

/// <summary>
/// What the kubelet needs of a container engine. Containers are named by id or name; both are accepted everywhere.
/// </summary>
/// <remarks>
/// All members throw <see cref="DockerApiException"/> when the engine refuses, with its words, and
/// <see cref="DockerUnavailableException"/> when it cannot be reached or goes away; whether a request in flight took effect is
/// then unknown. All members honour the cancellation token.
/// </remarks>
public interface IContainerEngine
{
    /// <summary>Which engine answers.</summary>
    Task<EngineVersion> VersionAsync(CancellationToken cancellationToken = default);

    /// <summary>What the engine's host offers.</summary>
    Task<EngineInfo> InfoAsync(CancellationToken cancellationToken = default);

    /// <summary>An image by reference, digest or id; null when the engine does not have it.</summary>
    Task<ImageDetails?> FindImageAsync(string reference, CancellationToken cancellationToken = default);

    /// <summary>All tagged images.</summary>
    Task<IReadOnlyList<ImageSummary>> ListImagesAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Fetches an image from its registry, anonymously without <paramref name="credentials"/>, and tells <paramref name="progress"/>,
    /// if there is one, of each step. A reference without tag or digest means the tag <c>latest</c>.
    /// </summary>
    /// <exception cref="DockerApiException">The registry or the engine refused; the message is the engine's.</exception>
    Task PullImageAsync(
        string reference, RegistryCredentials? credentials, IProgress<PullProgress>? progress, CancellationToken cancellationToken = default);

    /// <summary>Makes an image of one layer from a tar of its root file system; one of the same name loses the name.</summary>
    Task ImportImageAsync(Stream rootFileSystem, ImportedImage image, CancellationToken cancellationToken = default);

    /// <summary>Removes an image that no container uses; one that is not there is no error.</summary>
    Task RemoveImageAsync(string reference, CancellationToken cancellationToken = default);

    /// <summary>Creates a container, without starting it, and returns its id. 409 when the name is taken, 404 when the image is not there.</summary>
    Task<string> CreateContainerAsync(ContainerSpec spec, CancellationToken cancellationToken = default);

    /// <summary>Starts a created or ended container; one that runs is no error.</summary>
    Task StartContainerAsync(string container, CancellationToken cancellationToken = default);

    /// <summary>Sends the stop signal, then SIGKILL when the container still runs after <paramref name="grace"/>; one that has ended is no error.</summary>
    Task StopContainerAsync(string container, TimeSpan grace, CancellationToken cancellationToken = default);

    /// <summary>Sends a signal (<c>SIGHUP</c>, or a number) to the first process. 409 when the container does not run.</summary>
    Task KillContainerAsync(string container, string signal, CancellationToken cancellationToken = default);

    /// <summary>Waits until the container does not run and returns its exit code.</summary>
    Task<int> WaitContainerAsync(string container, CancellationToken cancellationToken = default);

    /// <summary>A container in full; null when there is none of this id or name.</summary>
    Task<ContainerDetails?> FindContainerAsync(string container, CancellationToken cancellationToken = default);

    /// <summary>Every container, in whatever phase, that has all these labels, given as <c>key</c> or <c>key=value</c>.</summary>
    Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken = default);

    /// <summary>Ends a container if it runs, and removes it with its anonymous volumes; one that is not there is no error.</summary>
    Task RemoveContainerAsync(string container, CancellationToken cancellationToken = default);

    /// <summary>Gives a container another name.</summary>
    Task RenameContainerAsync(string container, string name, CancellationToken cancellationToken = default);

    /// <summary>The log, as the container wrote it.</summary>
    IAsyncEnumerable<OutputFrame> ReadLogsAsync(string container, LogRequest request, CancellationToken cancellationToken = default);

    /// <summary>Starts a process in a running container. 409 when the container does not run.</summary>
    Task<IProcessSession> ExecAsync(string container, ExecSpec spec, CancellationToken cancellationToken = default);

    /// <summary>Joins the streams of a container's first process. What it wrote earlier is in the log.</summary>
    Task<IProcessSession> AttachAsync(string container, AttachSpec spec, CancellationToken cancellationToken = default);

    /// <summary>What a running container uses now.</summary>
    Task<ContainerStats> StatsAsync(string container, CancellationToken cancellationToken = default);

    /// <summary>A network by name or id; null when there is none.</summary>
    Task<NetworkDetails?> FindNetworkAsync(string network, CancellationToken cancellationToken = default);

    /// <summary>All networks.</summary>
    Task<IReadOnlyList<NetworkDetails>> ListNetworksAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates a network and returns its id. 409 when the name is taken, 403 when the subnet overlaps with another's.</summary>
    Task<string> CreateNetworkAsync(NetworkSpec spec, CancellationToken cancellationToken = default);

    /// <summary>Removes a network without containers; one that is not there is no error.</summary>
    Task RemoveNetworkAsync(string network, CancellationToken cancellationToken = default);

    /// <summary>Puts a container on a further network, at a fixed address if one is given.</summary>
    Task ConnectNetworkAsync(string network, string container, string? address, CancellationToken cancellationToken = default);

    /// <summary>Takes a container off a network, whatever it does.</summary>
    Task DisconnectNetworkAsync(string network, string container, CancellationToken cancellationToken = default);

    /// <summary>What happens on the engine, as it happens. The enumeration ends only by cancellation or exception.</summary>
    IAsyncEnumerable<EngineEvent> WatchEventsAsync(EventFilter filter, CancellationToken cancellationToken = default);
}
