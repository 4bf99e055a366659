using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Rest;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.Scheduling;

/// <summary>Tells in the pod's status why it has no node, by the condition <c>PodScheduled</c>.</summary>
internal sealed class PodScheduledWriter(IApiClient client, TimeProvider clock)
{
    private const string Type = "PodScheduled";

    /// <summary>Writes the condition with status False, unless it says so already.</summary>
    public Task WriteAsync(Pod pod, string reason, string message, CancellationToken cancellationToken)
    {
        var current = pod.Status?.Conditions.FirstOrDefault(c => c.Type == Type);
        if (current is { Status: "False" } && current.Reason == reason && current.Message == message) return Task.CompletedTask;
        return client.SetConditionAsync(pod, new PodCondition
        {
            Type = Type, Status = "False", Reason = reason, Message = message,
            LastTransitionTime = current?.Status == "False" ? current.LastTransitionTime : clock.GetUtcNow(),
        }, cancellationToken);
    }
}
