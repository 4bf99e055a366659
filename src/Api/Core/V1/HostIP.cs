using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record HostIP
{
    [Proto(1), Required]
    public string Ip { get; init => field = value ?? ""; } = "";
}
