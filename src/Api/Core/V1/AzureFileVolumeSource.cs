using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record AzureFileVolumeSource
{
    [Proto(3)]
    public bool? ReadOnly { get; init; }

    [Proto(1), Required]
    public string SecretName { get; init => field = value ?? ""; } = "";

    [Proto(2), Required]
    public string ShareName { get; init => field = value ?? ""; } = "";
}
