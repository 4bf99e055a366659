using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A command run inside a container; exit code 0 is success.</summary>
public sealed record ExecAction
{
    /// <summary>Program and arguments; not run by a shell.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<string> Command { get; init => field = value ?? []; } = [];
}
