using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record VolumeDevice
{
    [Proto(2), Required]
    public string DevicePath { get; init => field = value ?? ""; } = "";

    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";
}
