using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Declarations;

/// <summary>An object that the API stores under a name: what code that serves every kind needs of it.</summary>
public interface IResource
{
    /// <summary>The group and version, such as <c>discovery.k8s.io/v1</c>.</summary>
    string ApiVersion { get; }

    /// <summary>The kind, such as <c>Service</c>.</summary>
    string Kind { get; }

    /// <summary>Name, namespace, labels, versions and owners.</summary>
    ObjectMeta Metadata { get; }
}

/// <summary>A resource whose kind is known at compile time, so that one generic client, cache or registry serves all of them.</summary>
public interface IResource<TSelf> : IResource where TSelf : class, IResource<TSelf>
{
    /// <summary>The names of the kind.</summary>
    static abstract KindInfo Info { get; }

    /// <summary>The same object with other metadata.</summary>
    TSelf WithMetadata(ObjectMeta metadata);
}
