using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record SecretKeySelector
{
    [Proto(2), Required]
    public string Key { get; init => field = value ?? ""; } = "";

    [Proto(1, 1)]
    public string? Name { get; init; }

    [Proto(3), ZeroCounts]
    public bool? Optional { get; init; }
}
