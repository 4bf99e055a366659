using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubectl.Describing;

/// <summary>A pod with its containers, conditions and volumes.</summary>
internal static class PodDescription
{
    /// <summary>Writes the description.</summary>
    public static void Write(DescriptionText text, Pod pod, DateTimeOffset now)
    {
        var (spec, status) = (pod.Spec ?? new PodSpec(), pod.Status ?? new PodStatus());
        text.Add("Name", pod.Metadata.Name);
        text.Add("Namespace", pod.Metadata.Namespace);
        text.Add("Service Account", spec.ServiceAccountName ?? "default");
        text.Add("Node", spec.NodeName is { Length: > 0 } node ? $"{node}/{status.HostIP}" : null);
        text.AddIf("Start Time", status.StartTime?.UtcDateTime.ToString("R"));
        text.AddMap("Labels", pod.Metadata.Labels);
        text.AddMap("Annotations", pod.Metadata.Annotations, ": ");
        text.Add("Status", pod.Metadata.DeletionTimestamp is { } gone ? $"Terminating (lasts {Ages.Of(gone, now)})" : status.Phase);
        text.AddIf("Reason", status.Reason);
        text.AddIf("Message", status.Message);
        text.Add("IP", status.PodIP);
        foreach (var owner in pod.Metadata.OwnerReferences.Where(owner => owner.Controller == true)) text.Add("Controlled By", $"{owner.Kind}/{owner.Name}");
        Containers(text, "Init Containers", spec.InitContainers, status.InitContainerStatuses);
        Containers(text, "Containers", spec.Containers, status.ContainerStatuses);
        Conditions(text, status);
        Volumes(text, spec);
        text.AddMap("Node-Selectors", spec.NodeSelector);
        text.Add("Tolerations", string.Join(", ", spec.Tolerations.Select(Show)));
    }

    private static void Containers(DescriptionText text, string heading, IReadOnlyList<Container> containers, IReadOnlyList<ContainerStatus> statuses)
    {
        if (containers.Count == 0) return;
        text.Heading(heading);
        foreach (var container in containers)
        {
            text.Heading(container.Name, 1);
            var status = statuses.FirstOrDefault(known => known.Name == container.Name);
            text.Add("Container ID", status?.ContainerID, 2);
            text.Add("Image", container.Image, 2);
            text.Add("Image ID", status?.ImageID, 2);
            text.Add("Ports", string.Join(", ", container.Ports.Select(port => $"{port.ContainerPortValue}/{port.Protocol ?? "TCP"}")), 2);
            text.AddIf("Command", string.Join(' ', container.Command), 2);
            text.AddIf("Args", string.Join(' ', container.Args), 2);
            if (status?.State is { } state) State(text, "State", state);
            if (status?.LastState is { } last) State(text, "Last State", last);
            text.Add("Ready", status?.Ready == true ? "True" : "False", 2);
            text.Add("Restart Count", $"{status?.RestartCount ?? 0}", 2);
            text.AddIf("Environment", string.Join(", ", container.Env.Select(variable => $"{variable.Name}={variable.Value ?? "<set elsewhere>"}")), 2);
            text.AddIf("Mounts", string.Join(", ", container.VolumeMounts.Select(mount => $"{mount.MountPath} from {mount.Name} ({(mount.ReadOnly == true ? "ro" : "rw")})")), 2);
        }
    }

    private static void State(DescriptionText text, string name, ContainerState state)
    {
        if (state.Running is { } running)
        {
            text.Add(name, "Running", 2);
            text.AddIf("Started", running.StartedAt?.UtcDateTime.ToString("R"), 3);
        }
        else if (state.Waiting is { } waiting)
        {
            text.Add(name, "Waiting", 2);
            text.AddIf("Reason", waiting.Reason, 3);
            text.AddIf("Message", waiting.Message, 3);
        }
        else if (state.Terminated is { } terminated)
        {
            text.Add(name, "Terminated", 2);
            text.AddIf("Reason", terminated.Reason, 3);
            text.AddIf("Message", terminated.Message, 3);
            text.Add("Exit Code", $"{terminated.ExitCode}", 3);
        }
    }

    private static void Conditions(DescriptionText text, PodStatus status)
    {
        if (status.Conditions.Count == 0) return;
        text.Heading("Conditions");
        List<IReadOnlyList<string>> rows = [["Type", "Status", "Message"]];
        rows.AddRange(status.Conditions.Select(condition => (IReadOnlyList<string>)[condition.Type, condition.Status, condition.Message ?? ""]));
        text.Table(rows);
    }

    private static void Volumes(DescriptionText text, PodSpec spec)
    {
        if (spec.Volumes.Count == 0)
        {
            text.Add("Volumes", null);
            return;
        }

        text.Heading("Volumes");
        foreach (var volume in spec.Volumes)
        {
            var source = volume.HostPath is { } path ? $"hostPath {path.Path}" : volume.EmptyDir is { } empty ? $"emptyDir {empty.Medium}".TrimEnd() : "another type";
            text.Add(volume.Name, source, 1);
        }
    }

    private static string Show(Toleration toleration) =>
        $"{toleration.Key}{(toleration.Value is { Length: > 0 } value ? $"={value}" : "")}:{toleration.Effect} op={toleration.Operator ?? "Equal"}{(toleration.TolerationSeconds is { } seconds ? $" for {seconds}s" : "")}";
}
