namespace MiniK8s.Api.Schemas;

/// <summary>How the items of a list are told apart (x-kubernetes-list-type).</summary>
public enum ListType
{
    /// <summary>Not said; treated as <see cref="Atomic"/>.</summary>
    Unspecified,

    /// <summary>The list is replaced as a whole.</summary>
    Atomic,

    /// <summary>Each value stands once.</summary>
    Set,

    /// <summary>Items are told apart by key fields.</summary>
    Map,
}
