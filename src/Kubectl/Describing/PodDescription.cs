using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;

namespace MiniK8s.Kubectl.Describing;

/// <summary>A pod with its containers, conditions and volumes.</summary>
internal static class PodDescription
{
    /// <summary>Writes the description.</summary>
    public static void Write(TabText text, Pod pod, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (spec, status) = (pod.Spec ?? new PodSpec(), pod.Status ?? new PodStatus());
        text.Line(0, $"Name:\t{pod.Metadata.Name}").Line(0, $"Namespace:\t{pod.Metadata.Namespace}");
        if (spec.Priority is { } priority) text.Line(0, $"Priority:\t{priority}");
        If(text, "Priority Class Name", spec.PriorityClassName);
        If(text, "Runtime Class Name", spec.RuntimeClassName);
        If(text, "Service Account", spec.ServiceAccountName);
        text.Line(0, $"Node:\t{(string.IsNullOrEmpty(spec.NodeName) ? "<none>" : $"{spec.NodeName}/{status.HostIP}")}");
        if (status.StartTime is { } start) text.Line(0, $"Start Time:\t{Common.Moment(start, zone)}");
        text.Map("Labels", pod.Metadata.Labels).Annotations(pod.Metadata.Annotations);
        Phase(text, pod, status, now);
        Addresses(text, status);
        foreach (var owner in pod.Metadata.OwnerReferences.Where(owner => owner.Controller == true)) text.Line(0, $"Controlled By:\t{owner.Kind}/{owner.Name}");
        If(text, "NominatedNodeName", status.NominatedNodeName);
        if (spec.InitContainers.Count > 0) ContainerDescription.Write(text, "Init Containers", spec.InitContainers, status.InitContainerStatuses, zone);
        ContainerDescription.Write(text, "Containers", spec.Containers, status.ContainerStatuses, zone);
        if (status.Conditions.Count > 0) text.Line(0, "Conditions:").Line(1, "Type\tStatus");
        foreach (var condition in status.Conditions) text.Line(1, $"{condition.Type} \t{condition.Status} ");
        VolumeDescription.Write(text, spec.Volumes);
        text.Line(0, $"QoS Class:\t{status.QosClass}").Map("Node-Selectors", spec.NodeSelector);
        text.Values("Tolerations", [.. spec.Tolerations.OrderBy(toleration => toleration.Key, StringComparer.Ordinal).Select(Show)]);
    }

    private static void If(TabText text, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) text.Line(0, $"{name}:\t{value}");
    }

    private static void Phase(TabText text, Pod pod, PodStatus status, DateTimeOffset now)
    {
        if (pod.Metadata.DeletionTimestamp is { } gone && status.Phase is not ("Failed" or "Succeeded"))
        {
            text.Line(0, $"Status:\tTerminating (lasts {Age.Of(gone, now)})");
            text.Line(0, $"Termination Grace Period:\t{pod.Metadata.DeletionGracePeriodSeconds ?? 0}s");
        }
        else
        {
            text.Line(0, $"Status:\t{status.Phase}");
        }

        If(text, "Reason", status.Reason);
        If(text, "Message", status.Message);
    }

    private static void Addresses(TabText text, PodStatus status)
    {
        text.Line(0, $"IP:\t{status.PodIP}").Line(0, status.PodIPs.Count == 0 ? "IPs:\t<none>" : "IPs:");
        foreach (var address in status.PodIPs) text.Line(1, $"IP:\t{address.Ip}");
    }

    private static string Show(Toleration toleration)
    {
        var value = string.IsNullOrEmpty(toleration.Value) ? "" : $"={toleration.Value}";
        var effect = string.IsNullOrEmpty(toleration.Effect) ? "" : $":{toleration.Effect}";
        var exists = toleration.Operator == "Exists" && value.Length == 0 ? " op=Exists" : "";
        var time = toleration.TolerationSeconds is { } seconds ? $" for {seconds}s" : "";
        return (toleration.Key + value + effect + exists).TrimStart() + time;
    }
}
