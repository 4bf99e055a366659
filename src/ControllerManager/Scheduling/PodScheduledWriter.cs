using System.Text;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Serialization;
using MiniK8s.Client.Rest;

namespace MiniK8s.ControllerManager.Scheduling;

/// <summary>Tells in the pod's status why it has no node, by the condition <c>PodScheduled</c>.</summary>
internal sealed class PodScheduledWriter(IApiClient client, TimeProvider clock)
{
    private const string Type = "PodScheduled";

    /// <summary>Writes the condition with status False, unless it says so already.</summary>
    public async Task WriteAsync(Pod pod, string reason, string message, CancellationToken cancellationToken)
    {
        var current = pod.Status?.Conditions.FirstOrDefault(c => c.Type == Type);
        if (current is { Status: "False" } && current.Reason == reason && current.Message == message) return;
        var condition = new PodCondition
        {
            Type = Type, Status = "False", Reason = reason, Message = message,
            LastTransitionTime = current?.Status == "False" ? current.LastTransitionTime : clock.GetUtcNow(),
        };

        // A strategic merge patch changes this one condition and leaves those of the kubelet alone.
        var body = $$"""{"metadata":{"uid":"{{pod.Metadata.Uid}}"},"status":{"conditions":[{{Encoding.UTF8.GetString(ApiSerializer.Serialize(condition))}}]}}""";
        try
        {
            await client.PatchAsync<Pod>(
                pod.Metadata.Namespace, pod.Metadata.Name ?? "", new Patch(PatchTypes.StrategicMerge, Encoding.UTF8.GetBytes(body)), "status", cancellationToken);
        }
        catch (ApiException refusal) when (refusal.IsNotFound || refusal.IsConflict)
        {
            // Gone, or another pod of the same name by now.
        }
    }
}
