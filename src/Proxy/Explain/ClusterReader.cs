using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Config;
using MiniK8s.Client.Rest;

namespace MiniK8s.Proxy.Explain;

/// <summary>Reads from the API what a question is about. Lists only: that is what a proxy's own identity may do.</summary>
internal sealed class ClusterReader(IApiClient client)
{
    private const int PageSize = 500;

    /// <summary>One Service, its slices, and the node.</summary>
    /// <exception cref="QuestionException">There is no such Service.</exception>
    public async Task<ExplainedObjects> ReadAsync(string space, string name, Node? node, CancellationToken cancellationToken)
    {
        var services = await ListAsync<Service>(space, new ListQuery { FieldSelector = $"metadata.name={name}" }, cancellationToken);
        if (services.FirstOrDefault(service => service.Metadata.Name == name) is not { } service) throw await UnknownAsync(space, name, cancellationToken);
        var slices = await ListAsync<EndpointSlice>(space, new ListQuery { LabelSelector = $"kubernetes.io/service-name={name}" }, cancellationToken);
        return new ExplainedObjects(service, slices, node);
    }

    /// <summary>Everything that a proxy's model is made of.</summary>
    public async Task<(IReadOnlyList<Service> Services, IReadOnlyList<EndpointSlice> Slices)> ReadAllAsync(CancellationToken cancellationToken) =>
        (await ListAsync<Service>(null, new ListQuery(), cancellationToken), await ListAsync<EndpointSlice>(null, new ListQuery(), cancellationToken));

    /// <summary>The node that is meant: the one that is named; else the one of this machine's name; else the only one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isCertain">Whether the user or the running proxy named it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="QuestionException">Several could be meant.</exception>
    public async Task<(string Name, Node? Node)> ReadNodeAsync(string name, bool isCertain, CancellationToken cancellationToken)
    {
        var query = isCertain ? new ListQuery { FieldSelector = $"metadata.name={name}" } : new ListQuery();
        var nodes = await ListAsync<Node>(null, query, cancellationToken);
        if (nodes.FirstOrDefault(node => node.Metadata.Name == name) is { } found) return (name, found);
        if (isCertain || nodes.Count == 0) return (name, null);
        if (nodes is [var only]) return (only.Metadata.Name ?? "", only);
        throw new QuestionException($"which node is meant? Give --node-name, one of {string.Join(", ", nodes.Select(node => node.Metadata.Name))}");
    }

    private async Task<QuestionException> UnknownAsync(string space, string name, CancellationToken cancellationToken)
    {
        var others = await ListAsync<Service>(null, new ListQuery { FieldSelector = $"metadata.name={name}" }, cancellationToken);
        var hint = string.Join(", ", others.Where(service => service.Metadata.Name == name).Select(service => $"{service.Metadata.Namespace}/{name}"));
        return new QuestionException($"there is no Service {space}/{name}{(hint.Length == 0 ? "" : $"; there is {hint}")}");
    }

    private async Task<List<T>> ListAsync<T>(string? space, ListQuery query, CancellationToken cancellationToken) where T : class, IResource<T>
    {
        var items = new List<T>();
        query = query with { Limit = PageSize };
        while (true)
        {
            var page = await client.ListAsync<T>(space, query, cancellationToken);
            items.AddRange(page.Items);
            if (string.IsNullOrEmpty(page.Metadata.Continue)) return items;
            query = query with { Continue = page.Metadata.Continue };
        }
    }
}

/// <summary>A question cannot be answered; the message is for the user.</summary>
internal sealed class QuestionException(string message) : Exception(message)
{
    /// <summary>One line for the user on what went wrong while the API was asked; null for what is no such failure.</summary>
    public static string? LineFor(Exception failure) => failure switch
    {
        QuestionException or DryRunException or KubeConfigException or ApiException => failure.Message,
        HttpRequestException => $"the API server cannot be reached: {failure.Message}",
        _ => null,
    };
}
