using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>One action; exactly one is given.</summary>
public sealed record LifecycleHandler
{
    /// <summary>Run a command in the container.</summary>
    [Proto(1)]
    public ExecAction? Exec { get; init; }

    /// <summary>Send an HTTP GET.</summary>
    [Proto(2)]
    public HTTPGetAction? HttpGet { get; init; }

    /// <summary>Wait.</summary>
    [Proto(4)]
    public SleepAction? Sleep { get; init; }

    /// <summary>Obsolete; kept for old manifests.</summary>
    [Proto(3)]
    public TCPSocketAction? TcpSocket { get; init; }
}
