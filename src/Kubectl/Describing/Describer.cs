using System.Text.Json.Nodes;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Kubectl.Printing;

namespace MiniK8s.Kubectl.Describing;

/// <summary>Gathers what belongs to an object and has it described.</summary>
internal static class Describer
{
    /// <summary>The description of one object; kinds without a description of their own are shown whole.</summary>
    public static async Task<string> DescribeAsync(Session session, KindInfo kind, JsonObject value, CancellationToken cancellationToken)
    {
        var text = new DescriptionText();
        var now = session.Clock.GetUtcNow();
        switch (kind.GroupResource)
        {
            case "pods":
                PodDescription.Write(text, Read<Pod>(value), now);
                break;
            case "services":
                var service = Read<Service>(value);
                var selector = Uri.EscapeDataString($"kubernetes.io/service-name={service.Metadata.Name}");
                ServiceDescription.Write(text, service, await ListAsync<EndpointSlice>(session, EndpointSlice.Info.Path(service.Metadata.Namespace) + $"?labelSelector={selector}", cancellationToken));
                break;
            case "endpoints":
                EndpointsDescription.Write(text, Read<Endpoints>(value));
                break;
            case "nodes":
                var node = Read<Node>(value);
                var bound = Uri.EscapeDataString($"spec.nodeName={node.Metadata.Name},status.phase!=Succeeded,status.phase!=Failed");
                NodeDescription.Write(text, node, await ListAsync<Pod>(session, Pod.Info.Path() + $"?fieldSelector={bound}", cancellationToken), now);
                break;
            default:
                return ObjectPrinter.Text(value, kind, OutputFormat.Yaml);
        }

        await EventsAsync(session, value, text, now, cancellationToken);
        return text.ToString();
    }

    private static T Read<T>(JsonObject value) => ApiSerializer.Deserialize<T>(System.Text.Encoding.UTF8.GetBytes(value.ToJsonString()));

    private static async Task<IReadOnlyList<T>> ListAsync<T>(Session session, string path, CancellationToken cancellationToken) where T : class, IResource<T>
    {
        var list = await session.GetAsync(path, cancellationToken);
        return Read<KubeList<T>>(list).Items;
    }

    private static async Task EventsAsync(Session session, JsonObject value, DescriptionText text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var metadata = value["metadata"] as JsonObject;
        var selector = Uri.EscapeDataString($"involvedObject.name={(string?)metadata?["name"]},involvedObject.uid={(string?)metadata?["uid"]}");
        var events = await ListAsync<Event>(session, Event.Info.Path((string?)metadata?["namespace"]) + $"?fieldSelector={selector}", cancellationToken);
        EventTable.Write(text, events, now);
    }
}
