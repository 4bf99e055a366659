using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ObjectFieldSelector
{
    [Proto(1)]
    public string? ApiVersion { get; init; }

    [Proto(2), Required]
    public string FieldPath { get; init => field = value ?? ""; } = "";
}
