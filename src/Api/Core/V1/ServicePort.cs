using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>One port of a Service, and where its traffic goes.</summary>
public sealed record ServicePort
{
    /// <summary>Protocol spoken above the transport, such as <c>http</c> or <c>kubernetes.io/h2c</c>; a hint only.</summary>
    [Proto(6), ZeroCounts]
    public string? AppProtocol { get; init; }

    /// <summary>DNS label that tells the ports apart; may be left out if there is only one.</summary>
    [Proto(1)]
    public string? Name { get; init; }

    /// <summary>Port on every node that leads to this one, 30000-32767 unless configured otherwise; allocated when 0 and the type needs one.</summary>
    [Proto(5)]
    public int? NodePort { get; init; }

    /// <summary>Port at the Service's addresses, 1-65535.</summary>
    [Proto(3), Required]
    public int Port { get; init; }

    /// <summary><c>TCP</c> (the default), <c>UDP</c> or <c>SCTP</c>.</summary>
    [Proto(2), OneOf("SCTP", "TCP", "UDP")]
    public string? Protocol { get; init; }

    /// <summary>Port in the pods: a number, or the name of a container port; the same as Port unless given.</summary>
    [Proto(4)]
    public IntOrString? TargetPort { get; init; }
}
