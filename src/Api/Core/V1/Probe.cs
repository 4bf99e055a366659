using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A test that the kubelet repeats on a container; exactly one action is given.</summary>
public sealed record Probe
{
    /// <summary>Run a command in the container.</summary>
    [Proto(1, 1)]
    public ExecAction? Exec { get; init; }

    /// <summary>Failures in a row before the test counts as failed; 3 unless given, at least 1.</summary>
    [Proto(6)]
    public int? FailureThreshold { get; init; }

    /// <summary>Call the gRPC health service.</summary>
    [Proto(1, 4)]
    public GRPCAction? Grpc { get; init; }

    /// <summary>Send an HTTP GET.</summary>
    [Proto(1, 2)]
    public HTTPGetAction? HttpGet { get; init; }

    /// <summary>Seconds from the container's start to the first test; 0 unless given.</summary>
    [Proto(2)]
    public int? InitialDelaySeconds { get; init; }

    /// <summary>Seconds between tests; 10 unless given, at least 1.</summary>
    [Proto(4)]
    public int? PeriodSeconds { get; init; }

    /// <summary>Successes in a row before the test counts as passed; 1 unless given, and always 1 for liveness and startup.</summary>
    [Proto(5)]
    public int? SuccessThreshold { get; init; }

    /// <summary>Open a TCP connection.</summary>
    [Proto(1, 3)]
    public TCPSocketAction? TcpSocket { get; init; }

    /// <summary>Seconds to end after this test failed, in place of the pod's; not for readiness.</summary>
    [Proto(7), ZeroCounts]
    public long? TerminationGracePeriodSeconds { get; init; }

    /// <summary>Seconds until one try counts as failed; 1 unless given.</summary>
    [Proto(3)]
    public int? TimeoutSeconds { get; init; }
}
