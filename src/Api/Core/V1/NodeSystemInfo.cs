using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeSystemInfo
{
    [Proto(10), Required]
    public string Architecture { get; init => field = value ?? ""; } = "";

    [Proto(3), Required]
    public string BootID { get; init => field = value ?? ""; } = "";

    [Proto(6), Required]
    public string ContainerRuntimeVersion { get; init => field = value ?? ""; } = "";

    [Proto(4), Required]
    public string KernelVersion { get; init => field = value ?? ""; } = "";

    [Proto(8), Required]
    public string KubeProxyVersion { get; init => field = value ?? ""; } = "";

    [Proto(7), Required]
    public string KubeletVersion { get; init => field = value ?? ""; } = "";

    [Proto(1), Required]
    public string MachineID { get; init => field = value ?? ""; } = "";

    [Proto(9), Required]
    public string OperatingSystem { get; init => field = value ?? ""; } = "";

    [Proto(5), Required]
    public string OsImage { get; init => field = value ?? ""; } = "";

    [Proto(2), Required]
    public string SystemUUID { get; init => field = value ?? ""; } = "";
}
