using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>Discovery: one resource, or subresource, of a group version.</summary>
public sealed record APIResource
{
    /// <summary>Groupings such as <c>all</c>, for kubectl get.</summary>
    [Proto(7), Atomic]
    public IReadOnlyList<string> Categories { get; init => field = value ?? []; } = [];

    /// <summary>API group of the kind, if not that of the list.</summary>
    [Proto(8)]
    public string? Group { get; init; }

    /// <summary>Kind of the objects.</summary>
    [Proto(3), Required]
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Plural name, as in the path; <c>pods/log</c> for a subresource.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Whether the objects lie in namespaces.</summary>
    [Proto(2), Required]
    public bool Namespaced { get; init; }

    /// <summary>Short names for the command line, such as <c>svc</c>.</summary>
    [Proto(5), Atomic]
    public IReadOnlyList<string> ShortNames { get; init => field = value ?? []; } = [];

    /// <summary>Singular name, for output.</summary>
    [Proto(6), Required]
    public string SingularName { get; init => field = value ?? ""; } = "";

    /// <summary>Opaque; changes when the stored form does.</summary>
    [Proto(10)]
    public string? StorageVersionHash { get; init; }

    /// <summary>What can be done: get, list, watch, create, update, patch, delete, deletecollection.</summary>
    [Proto(4), Required]
    public IReadOnlyList<string> Verbs { get; init => field = value ?? []; } = [];

    /// <summary>Version of the kind, if not that of the list.</summary>
    [Proto(9)]
    public string? Version { get; init; }
}
