using System.Text;
using System.Text.Json.Nodes;
using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Kubectl.Printing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Describing;

/// <summary>Gathers what belongs to an object and has it described.</summary>
internal sealed class Describer(Session session)
{
    private const string NodeLeases = "kube-node-lease";

    /// <summary>The description of one object; kinds without a description of their own are shown whole.</summary>
    /// <exception cref="ApiException">The server refused.</exception>
    public async Task<string> DescribeAsync(KindInfo kind, JsonObject value, CancellationToken cancellationToken)
    {
        var text = new TabText();
        var now = session.Clock.GetUtcNow();
        switch (kind.GroupResource)
        {
            case "pods":
                PodDescription.Write(text, Read<Pod>(value), now, session.Clock.LocalTimeZone);
                break;
            case "services":
                var service = Read<Service>(value);
                var selector = Uri.EscapeDataString($"kubernetes.io/service-name={service.Metadata.Name}");
                ServiceDescription.Write(text, service, await ListAsync<EndpointSlice>(service.Metadata.Namespace, $"labelSelector={selector}", cancellationToken));
                break;
            case "endpoints":
                EndpointsDescription.Write(text, Read<Endpoints>(value));
                break;
            case "nodes":
                await NodeAsync(text, Read<Node>(value), cancellationToken);
                break;
            default:
                return ObjectPrinter.Text(ListItems.Named(value, kind), kind, OutputFormat.Yaml);
        }

        EventTable.Write(text, await EventsAsync(kind, value, cancellationToken), now);
        return text.ToString();
    }

    private static T Read<T>(JsonObject value) => ApiSerializer.Deserialize<T>(Encoding.UTF8.GetBytes(value.ToJsonString()));

    private async Task NodeAsync(TabText text, Node node, CancellationToken cancellationToken)
    {
        var bound = Uri.EscapeDataString($"spec.nodeName={node.Metadata.Name},status.phase!=Succeeded,status.phase!=Failed");
        var pods = await ListAsync<Pod>(null, $"fieldSelector={bound}", cancellationToken);
        NodeDescription.Write(text, node, await LeaseAsync(node, cancellationToken), pods, session.Clock);
    }

    private async Task<NodeLease> LeaseAsync(Node node, CancellationToken cancellationToken)
    {
        try
        {
            return new NodeLease(Read<Lease>(await session.GetAsync(session.Path(Lease.Info, node.Metadata.Name ?? "", NodeLeases), cancellationToken)), null);
        }
        catch (ApiException error)
        {
            return new NodeLease(null, error.Message);
        }
    }

    private async Task<IReadOnlyList<T>> ListAsync<T>(string? @namespace, string query, CancellationToken cancellationToken) where T : class, IResource<T>
    {
        var collection = @namespace is null ? T.Info.Path() : session.Collection(T.Info, @namespace);
        return Read<KubeList<T>>(await session.GetAsync($"{collection}?{query}", cancellationToken)).Items;
    }

    private Task<IReadOnlyList<Event>> EventsAsync(KindInfo kind, JsonObject value, CancellationToken cancellationToken)
    {
        var metadata = value["metadata"] as JsonObject;
        var fields = $"involvedObject.kind={kind.Kind},involvedObject.name={(string?)metadata?["name"]},involvedObject.uid={(string?)metadata?["uid"]}";
        return ListAsync<Event>((string?)metadata?["namespace"], $"fieldSelector={Uri.EscapeDataString(fields)}", cancellationToken);
    }
}
