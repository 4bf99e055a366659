using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Identity that a container's first process runs as, by operating system.</summary>
public sealed record ContainerUser
{
    /// <summary>Identity on Linux.</summary>
    [Proto(1)]
    public LinuxContainerUser? Linux { get; init; }
}
