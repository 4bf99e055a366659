using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: state of dynamic kubelet configuration; kept so that old objects decode.</summary>
public sealed record NodeConfigStatus
{
    /// <summary>Configuration in use.</summary>
    [Proto(2)]
    public NodeConfigSource? Active { get; init; }

    /// <summary>Configuration that shall be used.</summary>
    [Proto(1)]
    public NodeConfigSource? Assigned { get; init; }

    /// <summary>What is wrong with it.</summary>
    [Proto(4)]
    public string? Error { get; init; }

    /// <summary>Configuration to fall back to.</summary>
    [Proto(3)]
    public NodeConfigSource? LastKnownGood { get; init; }
}
