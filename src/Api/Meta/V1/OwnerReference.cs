using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record OwnerReference
{
    [Proto(5), Required]
    public string ApiVersion { get; init => field = value ?? ""; } = "";

    [Proto(7), ZeroCounts]
    public bool? BlockOwnerDeletion { get; init; }

    [Proto(6), ZeroCounts]
    public bool? Controller { get; init; }

    [Proto(1), Required]
    public string Kind { get; init => field = value ?? ""; } = "";

    [Proto(3), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(4), Required]
    public string Uid { get; init => field = value ?? ""; } = "";
}
