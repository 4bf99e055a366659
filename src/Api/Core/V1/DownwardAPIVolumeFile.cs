using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record DownwardAPIVolumeFile
{
    [Proto(2)]
    public ObjectFieldSelector? FieldRef { get; init; }

    [Proto(4), ZeroCounts]
    public int? Mode { get; init; }

    [Proto(1), Required]
    public string Path { get; init => field = value ?? ""; } = "";

    [Proto(3)]
    public ResourceFieldSelector? ResourceFieldRef { get; init; }
}
