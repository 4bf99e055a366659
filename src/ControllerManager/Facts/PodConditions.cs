using System.Text.Json.Nodes;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Serialization;
using MiniK8s.Client.Rest;

namespace MiniK8s.ControllerManager.Facts;

/// <summary>Writes of single conditions of a pod.</summary>
internal static class PodConditions
{
    /// <summary>
    /// Sets one condition of exactly this pod, by a strategic merge patch, which leaves the other conditions to whoever keeps them.
    /// A pod that is gone is no failure.
    /// </summary>
    public static async Task SetConditionAsync(this IApiClient client, Pod pod, PodCondition condition, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = pod.Metadata.Uid },
            ["status"] = new JsonObject { ["conditions"] = new JsonArray(JsonNode.Parse(ApiSerializer.Serialize(condition))) },
        };
        var patch = new Patch(PatchTypes.StrategicMerge, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()));
        try
        {
            await client.PatchAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name ?? "", patch, "status", cancellationToken);
        }
        catch (ApiException refusal) when (refusal.IsNotFound || refusal.IsConflict)
        {
            // Gone, or another pod of the same name by now: the UID in the patch refuses that one.
        }
    }
}
