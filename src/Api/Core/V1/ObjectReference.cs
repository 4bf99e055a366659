using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Some other object, or a part of it.</summary>
public sealed record ObjectReference
{
    /// <summary>API version of the object, such as <c>apps/v1</c>.</summary>
    [Proto(5)]
    public string? ApiVersion { get; init; }

    /// <summary>Part of the object, such as <c>spec.containers{web}</c>.</summary>
    [Proto(7)]
    public string? FieldPath { get; init; }

    /// <summary>Kind of the object.</summary>
    [Proto(1)]
    public string? Kind { get; init; }

    /// <summary>Name of the object.</summary>
    [Proto(3)]
    public string? Name { get; init; }

    /// <summary>Namespace of the object; empty for kinds that have none.</summary>
    [Proto(2)]
    public string? Namespace { get; init; }

    /// <summary>Version of the object that is meant, if it matters.</summary>
    [Proto(6)]
    public string? ResourceVersion { get; init; }

    /// <summary>Id of the object.</summary>
    [Proto(4)]
    public string? Uid { get; init; }
}
