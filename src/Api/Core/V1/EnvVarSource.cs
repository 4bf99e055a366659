using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record EnvVarSource
{
    [Proto(3)]
    public ConfigMapKeySelector? ConfigMapKeyRef { get; init; }

    [Proto(1)]
    public ObjectFieldSelector? FieldRef { get; init; }

    [Proto(2)]
    public ResourceFieldSelector? ResourceFieldRef { get; init; }

    [Proto(4)]
    public SecretKeySelector? SecretKeyRef { get; init; }
}
