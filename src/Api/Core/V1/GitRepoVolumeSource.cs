using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record GitRepoVolumeSource
{
    [Proto(3)]
    public string? Directory { get; init; }

    [Proto(1), Required]
    public string Repository { get; init => field = value ?? ""; } = "";

    [Proto(2)]
    public string? Revision { get; init; }
}
