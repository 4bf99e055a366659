using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Who reports an event, in the old form.</summary>
public sealed record EventSource
{
    /// <summary>Name of the component.</summary>
    [Proto(1)]
    public string? Component { get; init; }

    /// <summary>Node on which it runs.</summary>
    [Proto(2)]
    public string? Host { get; init; }
}
