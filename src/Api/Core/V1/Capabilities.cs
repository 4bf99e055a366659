using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Changes to the Linux capabilities that the runtime gives by default.</summary>
public sealed record Capabilities
{
    /// <summary>Capabilities to add, without the prefix CAP_, or <c>ALL</c>.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<string> Add { get; init => field = value ?? []; } = [];

    /// <summary>Capabilities to take away, without the prefix CAP_, or <c>ALL</c>.</summary>
    [Proto(2), Atomic]
    public IReadOnlyList<string> Drop { get; init => field = value ?? []; } = [];
}
