using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record AppArmorProfile
{
    [Proto(2), ZeroCounts]
    public string? LocalhostProfile { get; init; }

    [Proto(1), Required, OneOf("Localhost", "RuntimeDefault", "Unconfined")]
    public string Type { get; init => field = value ?? ""; } = "";
}
