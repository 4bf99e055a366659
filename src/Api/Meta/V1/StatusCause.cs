using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>One fault among those that made a request fail.</summary>
public sealed record StatusCause
{
    /// <summary>Path of the field in JSON, such as <c>spec.ports[0].port</c>.</summary>
    [Proto(3)]
    public string? Field { get; init; }

    /// <summary>What is wrong with it, for people.</summary>
    [Proto(2)]
    public string? Message { get; init; }

    /// <summary>Kind of the fault, such as <c>FieldValueRequired</c>; for programs.</summary>
    [Proto(1)]
    public string? Reason { get; init; }
}
