using MiniK8s.Api.Declarations;

namespace MiniK8s.Api;

/// <summary>Where an object of a known kind is found.</summary>
/// <param name="Namespace">The namespace; empty for cluster-scoped kinds.</param>
/// <param name="Name">The name.</param>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    /// <summary>The key of an object.</summary>
    public static ObjectKey Of(IResource resource) => new(resource.Metadata.Namespace ?? "", resource.Metadata.Name ?? "");

    /// <summary><c>namespace/name</c>, or the name alone.</summary>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
