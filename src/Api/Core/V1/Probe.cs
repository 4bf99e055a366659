using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record Probe
{
    [Proto(1, 1)]
    public ExecAction? Exec { get; init; }

    [Proto(6)]
    public int? FailureThreshold { get; init; }

    [Proto(1, 4)]
    public GRPCAction? Grpc { get; init; }

    [Proto(1, 2)]
    public HTTPGetAction? HttpGet { get; init; }

    [Proto(2)]
    public int? InitialDelaySeconds { get; init; }

    [Proto(4)]
    public int? PeriodSeconds { get; init; }

    [Proto(5)]
    public int? SuccessThreshold { get; init; }

    [Proto(1, 3)]
    public TCPSocketAction? TcpSocket { get; init; }

    [Proto(7), ZeroCounts]
    public long? TerminationGracePeriodSeconds { get; init; }

    [Proto(3)]
    public int? TimeoutSeconds { get; init; }
}
