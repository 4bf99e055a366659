using MiniK8s.Api.Declarations;
using MiniK8s.Kubectl.Printing;

namespace MiniK8s.Kubectl.Requests;

/// <summary>What <c>get</c> was asked for.</summary>
/// <param name="Targets">Which objects.</param>
/// <param name="Query">The selectors, as the query of a request; empty for none.</param>
/// <param name="AllNamespaces">Whether collections are those of all namespaces.</param>
/// <param name="Format">How the objects are shown.</param>
internal sealed record GetRequest(IReadOnlyList<Target> Targets, string Query, bool AllNamespaces, OutputFormat Format)
{
    /// <summary>Whether a missing name is no error.</summary>
    public bool IgnoreNotFound { get; init; }

    /// <summary>Whether headings are left out.</summary>
    public bool NoHeaders { get; init; }

    /// <summary>Whether labels are shown.</summary>
    public bool ShowLabels { get; init; }

    /// <summary>Whether Tables are shown, not objects.</summary>
    public bool WantsTables => Format is OutputFormat.Table or OutputFormat.Wide;

    /// <summary>The path of a target, with the selectors where it is a collection.</summary>
    public string Path(Target target, Session session) =>
        target.Name is { } name ? session.Path(target.Kind, name) : $"{Collection(target, session)}{(Query.Length == 0 ? "" : "?" + Query)}";

    /// <summary>The path of the collection that a target is, or is in, with the query that selects it there; never without a query's question mark.</summary>
    public string CollectionWithQuery(Target target, Session session)
    {
        var query = target.Name is { } name ? $"fieldSelector={Uri.EscapeDataString($"metadata.name={name}")}" : Query;
        return $"{Collection(target, session)}?{query}";
    }

    /// <summary>How a Table of this kind is printed.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="amongOthers">Whether Tables of other kinds stand beside it, so that names need their kind.</param>
    public TableStyle Style(KindInfo kind, bool amongOthers) => new(kind)
    {
        Wide = Format == OutputFormat.Wide,
        WithNamespace = AllNamespaces && kind.Namespaced,
        WithKind = amongOthers,
        ShowLabels = ShowLabels,
        NoHeaders = NoHeaders,
    };

    /// <summary>What is said where there is no object.</summary>
    public string Nothing(Session session) =>
        AllNamespaces || Targets.All(target => !target.Kind.Namespaced) ? "No resources found" : $"No resources found in {session.Namespace} namespace.";

    private string Collection(Target target, Session session) => AllNamespaces && target.Name is null ? target.Kind.Path() : session.Collection(target.Kind);
}
