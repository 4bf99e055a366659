using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Schemas;

/// <summary>A kind that is served: its names and its form.</summary>
/// <param name="Info">The names.</param>
/// <param name="Schema">The form of one object.</param>
/// <param name="ListSchema">The form of a list of them.</param>
public sealed record ApiKind(KindInfo Info, Schema Schema, Schema ListSchema)
{
    /// <summary>The record that carries objects of the kind; null for kinds that are made at run time.</summary>
    public Type? ClrType { get; init; }

    /// <summary>The kind that is declared by <typeparamref name="T"/>.</summary>
    public static ApiKind Of<T>() where T : class, IResource<T> =>
        new(T.Info, Schema.Of<T>(), Schema.Of<KubeList<T>>()) { ClrType = typeof(T) };
}
