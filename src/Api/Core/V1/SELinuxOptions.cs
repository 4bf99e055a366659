using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record SELinuxOptions
{
    [Proto(4)]
    public string? Level { get; init; }

    [Proto(2)]
    public string? Role { get; init; }

    [Proto(3)]
    public string? Type { get; init; }

    [Proto(1)]
    public string? User { get; init; }
}
