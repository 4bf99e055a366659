using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record HostAlias
{
    [Proto(2), Atomic]
    public IReadOnlyList<string> Hostnames { get; init => field = value ?? []; } = [];

    [Proto(1), Required]
    public string Ip { get; init => field = value ?? ""; } = "";
}
