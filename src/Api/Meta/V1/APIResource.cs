using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record APIResource
{
    [Proto(7), Atomic]
    public IReadOnlyList<string> Categories { get; init => field = value ?? []; } = [];

    [Proto(8)]
    public string? Group { get; init; }

    [Proto(3), Required]
    public string Kind { get; init => field = value ?? ""; } = "";

    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(2), Required]
    public bool Namespaced { get; init; }

    [Proto(5), Atomic]
    public IReadOnlyList<string> ShortNames { get; init => field = value ?? []; } = [];

    [Proto(6), Required]
    public string SingularName { get; init => field = value ?? ""; } = "";

    [Proto(10)]
    public string? StorageVersionHash { get; init; }

    [Proto(4), Required]
    public IReadOnlyList<string> Verbs { get; init => field = value ?? []; } = [];

    [Proto(9)]
    public string? Version { get; init; }
}
