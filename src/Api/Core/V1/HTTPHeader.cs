using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record HTTPHeader
{
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(2), Required]
    public string Value { get; init => field = value ?? ""; } = "";
}
