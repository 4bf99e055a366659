using System.Text.Json.Serialization.Metadata;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;

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

    /// <summary>
    /// How one is read from JSON. A type that stands for a part of a kind, to spare a reader the rest, has its own way; it is only read,
    /// and followed only as a whole, without selectors, since what they ask may be in the part that is left out.
    /// </summary>
    static virtual JsonTypeInfo<TSelf> Json => ApiSerializer.TypeInfo<TSelf>();

    /// <summary>How a list of them is read.</summary>
    static virtual JsonTypeInfo<KubeList<TSelf>> ListJson => ApiSerializer.TypeInfo<KubeList<TSelf>>();

    /// <summary>The same object with other metadata.</summary>
    TSelf WithMetadata(ObjectMeta metadata);
}
