using MiniK8s.Api.Declarations;

namespace MiniK8s.Kubectl.Printing;

/// <summary>How Tables of one kind are shown.</summary>
/// <param name="Kind">The kind.</param>
internal sealed record TableStyle(KindInfo Kind)
{
    /// <summary>Columns of lower priority too.</summary>
    public bool Wide { get; init; }

    /// <summary>The namespace in front.</summary>
    public bool WithNamespace { get; init; }

    /// <summary>The kind in front of the name.</summary>
    public bool WithKind { get; init; }

    /// <summary>The labels behind.</summary>
    public bool ShowLabels { get; init; }

    /// <summary>No headings.</summary>
    public bool NoHeaders { get; init; }
}
