using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>A page of objects of one kind, such as a <c>ServiceList</c>, with the version at which it was read.</summary>
public sealed record KubeList<T> where T : class, IResource<T>
{
    /// <summary>The group and version of the items.</summary>
    public string ApiVersion { get; init; } = T.Info.GroupVersion;

    /// <summary>The item kind with <c>List</c> behind it.</summary>
    public string Kind { get; init; } = T.Info.Kind + "List";

    /// <summary>The resource version of the list, and where the next page continues.</summary>
    [Proto(1)]
    public ListMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>The objects.</summary>
    [Proto(2), Required]
    public IReadOnlyList<T> Items { get; init => field = value ?? []; } = [];
}
