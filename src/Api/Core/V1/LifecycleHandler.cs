using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record LifecycleHandler
{
    [Proto(1)]
    public ExecAction? Exec { get; init; }

    [Proto(2)]
    public HTTPGetAction? HttpGet { get; init; }

    [Proto(4)]
    public SleepAction? Sleep { get; init; }

    [Proto(3)]
    public TCPSocketAction? TcpSocket { get; init; }
}
