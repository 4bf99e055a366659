using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Status;

/// <summary>The conditions of a pod: what is set takes the place of an older one of its type, others stay as they are.</summary>
internal sealed class ConditionSet(IReadOnlyList<PodCondition> before, DateTimeOffset now)
{
    private readonly List<PodCondition> conditions = [.. before];

    /// <summary>Sets a condition; its time of transition stays unless its status changes.</summary>
    public void Set(string type, bool isTrue, string reason = "", string message = "")
    {
        var status = isTrue ? "True" : "False";
        var index = conditions.FindIndex(condition => condition.Type == type);
        var old = index < 0 ? null : conditions[index];
        var condition = (old ?? new PodCondition { Type = type }) with
        {
            Status = status,
            LastTransitionTime = old?.Status == status ? old.LastTransitionTime : now,
            Reason = reason.Length == 0 ? null : reason,
            Message = message.Length == 0 ? null : message,
        };
        if (index < 0) conditions.Add(condition);
        else conditions[index] = condition;
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<PodCondition> ToList() => conditions;
}
