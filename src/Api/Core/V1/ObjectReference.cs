using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ObjectReference
{
    [Proto(5)]
    public string? ApiVersion { get; init; }

    [Proto(7)]
    public string? FieldPath { get; init; }

    [Proto(1)]
    public string? Kind { get; init; }

    [Proto(3)]
    public string? Name { get; init; }

    [Proto(2)]
    public string? Namespace { get; init; }

    [Proto(6)]
    public string? ResourceVersion { get; init; }

    [Proto(4)]
    public string? Uid { get; init; }
}
