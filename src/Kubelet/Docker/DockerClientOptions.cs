namespace MiniK8s.Kubelet.Docker;

/// <summary>How a <see cref="DockerClient"/> behaves.</summary>
public sealed record DockerClientOptions
{
    /// <summary>The clock of the timeouts.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// How long the engine may take to answer a request that does not wait for something itself. Two minutes by default: an
    /// engine under load takes long to create and remove, one that hangs takes for ever.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
