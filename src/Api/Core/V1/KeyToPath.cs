using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record KeyToPath
{
    [Proto(1), Required]
    public string Key { get; init => field = value ?? ""; } = "";

    [Proto(3), ZeroCounts]
    public int? Mode { get; init; }

    [Proto(2), Required]
    public string Path { get; init => field = value ?? ""; } = "";
}
