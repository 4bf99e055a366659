using MiniK8s.Api.Declarations;

namespace MiniK8s.Kubectl.Discovery;

/// <summary>A resource of the server.</summary>
/// <param name="Kind">Its names.</param>
/// <param name="Verbs">What can be done with it.</param>
internal sealed record ServedResource(KindInfo Kind, IReadOnlyList<string> Verbs)
{
    /// <summary>Whether the name means this resource. Upper and lower case do not matter, as in kubectl.</summary>
    public bool IsCalled(string name) =>
        Kind.ShortNames.Concat([Kind.Plural, Kind.Singular, Kind.Kind, Kind.GroupResource, $"{Kind.Plural}.{Kind.Version}.{Kind.Group}"])
            .Contains(name, StringComparer.OrdinalIgnoreCase);
}
