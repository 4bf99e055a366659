using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record HTTPGetAction
{
    [Proto(3)]
    public string? Host { get; init; }

    [Proto(5), Atomic]
    public IReadOnlyList<HTTPHeader> HttpHeaders { get; init => field = value ?? []; } = [];

    [Proto(1)]
    public string? Path { get; init; }

    [Proto(2), Required]
    public IntOrString? Port { get; init; }

    [Proto(4), OneOf("HTTP", "HTTPS")]
    public string? Scheme { get; init; }
}
