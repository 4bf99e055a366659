using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Where the text of a variable comes from; exactly one is given.</summary>
public sealed record EnvVarSource
{
    /// <summary>A key of a config map.</summary>
    [Proto(3)]
    public ConfigMapKeySelector? ConfigMapKeyRef { get; init; }

    /// <summary>A field of the pod, such as metadata.name or status.podIP.</summary>
    [Proto(1)]
    public ObjectFieldSelector? FieldRef { get; init; }

    /// <summary>A request or limit of a container.</summary>
    [Proto(2)]
    public ResourceFieldSelector? ResourceFieldRef { get; init; }

    /// <summary>A key of a secret.</summary>
    [Proto(4)]
    public SecretKeySelector? SecretKeyRef { get; init; }
}
