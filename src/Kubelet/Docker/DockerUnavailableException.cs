namespace MiniK8s.Kubelet.Docker;

/// <summary>The engine cannot be reached, or went away in the middle of an answer. Trying again later is right.</summary>
public sealed class DockerUnavailableException : Exception
{
    public DockerUnavailableException(Uri address, string reason, Exception? innerException)
        : base($"the Docker engine at {address} cannot be reached: {reason}", innerException) => Address = address;

    /// <summary>Where the engine was looked for.</summary>
    public Uri Address { get; }
}
