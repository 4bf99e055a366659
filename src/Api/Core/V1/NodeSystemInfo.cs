using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Versions and ids of a node's machine and software.</summary>
public sealed record NodeSystemInfo
{
    /// <summary>Processor architecture, such as <c>amd64</c>.</summary>
    [Proto(10), Required]
    public string Architecture { get; init => field = value ?? ""; } = "";

    /// <summary>Id of the present boot; changes with each.</summary>
    [Proto(3), Required]
    public string BootID { get; init => field = value ?? ""; } = "";

    /// <summary>Runtime and version, as <c>docker://28.0.1</c>.</summary>
    [Proto(6), Required]
    public string ContainerRuntimeVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Kernel version, as uname -r says.</summary>
    [Proto(4), Required]
    public string KernelVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Version of kube-proxy; obsolete, copies the kubelet's.</summary>
    [Proto(8), Required]
    public string KubeProxyVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Version of the kubelet.</summary>
    [Proto(7), Required]
    public string KubeletVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Id of the installed system, from /etc/machine-id.</summary>
    [Proto(1), Required]
    public string MachineID { get; init => field = value ?? ""; } = "";

    /// <summary><c>linux</c> or <c>windows</c>.</summary>
    [Proto(9), Required]
    public string OperatingSystem { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the system, such as <c>Debian GNU/Linux 12</c>.</summary>
    [Proto(5), Required]
    public string OsImage { get; init => field = value ?? ""; } = "";

    /// <summary>Id of the hardware, from its firmware.</summary>
    [Proto(2), Required]
    public string SystemUUID { get; init => field = value ?? ""; } = "";
}
