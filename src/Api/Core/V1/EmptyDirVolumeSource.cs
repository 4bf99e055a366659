using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record EmptyDirVolumeSource
{
    [Proto(1)]
    public string? Medium { get; init; }

    [Proto(2)]
    public Quantity? SizeLimit { get; init; }
}
