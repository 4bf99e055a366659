using System.Globalization;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Planning;

namespace MiniK8s.Kubelet.Containers;

/// <summary>Describes a container of a pod to the engine. Pure: values from elsewhere have been read before.</summary>
internal static class ContainerSpecBuilder
{
    // One processor is 1024 shares, and 2 is the least that the kernel takes (pkg/kubelet/cm of Kubernetes).
    private const long SharesPerCpu = 1024;
    private const long QuotaPeriod = 100_000;

    /// <summary>The container of <paramref name="run"/>.</summary>
    public static ContainerSpec Build(ContainerRun run)
    {
        var (pod, container) = (run.Pod, run.Container);
        var variables = run.Environment.ToDictionary(pair => pair.Key, pair => pair.Value);
        var labels = PodLabels.Of(run.Node, pod, container.Name, run.Attempt);
        labels[PodLabels.Sandbox] = run.SandboxId;
        labels[PodLabels.SpecHash] = SpecHash.Of(container);
        labels[PodLabels.Crashes] = run.Crashes.ToString(CultureInfo.InvariantCulture);
        var sandbox = $"container:{run.SandboxId}";
        return new ContainerSpec
        {
            Name = ContainerNames.Of(pod, container.Name, run.Attempt),
            Image = run.ImageId,
            Entrypoint = container.Command.Count == 0 ? null : [.. container.Command.Select(text => VariableExpansion.Expand(text, variables))],
            Command = container.Args.Count == 0 ? null : [.. container.Args.Select(text => VariableExpansion.Expand(text, variables))],
            Environment = run.Environment,
            WorkingDirectory = container.WorkingDir,
            User = User(pod, container),
            Groups = Groups(pod),
            Labels = labels,
            Tty = container.Tty == true,
            OpenStdin = container.Stdin == true,
            StdinOnce = container.StdinOnce == true,
            Networking = new ContainerNetworking
            {
                Mode = sandbox,
                IpcMode = pod.Spec!.HostIPC == true ? "host" : sandbox,
                PidMode = pod.Spec.HostPID == true ? "host" : pod.Spec.ShareProcessNamespace == true ? sandbox : null,
            },
            Mounts = run.Mounts,
            Security = Security(container),
            Resources = Resources(pod, container),
        };
    }

    private static string? User(Pod pod, Container container)
    {
        var user = container.SecurityContext?.RunAsUser ?? pod.Spec!.SecurityContext?.RunAsUser;
        var group = container.SecurityContext?.RunAsGroup ?? pod.Spec!.SecurityContext?.RunAsGroup;
        return user is null ? null : group is null ? $"{user}" : $"{user}:{group}";
    }

    // Volumes are open to everybody, so the group of the volumes need only be one of the process's groups.
    private static IReadOnlyList<string> Groups(Pod pod)
    {
        var context = pod.Spec!.SecurityContext;
        var groups = (context?.SupplementalGroups ?? []).Concat(context?.FsGroup is { } group ? [group] : []);
        return [.. groups.Distinct().Select(number => number.ToString(CultureInfo.InvariantCulture))];
    }

    private static ContainerSecurity Security(Container container)
    {
        var context = container.SecurityContext;
        return new ContainerSecurity
        {
            Privileged = context?.Privileged == true,
            AddCapabilities = context?.Capabilities?.Add ?? [],
            DropCapabilities = context?.Capabilities?.Drop ?? [],
            Options = context?.AllowPrivilegeEscalation == false ? ["no-new-privileges"] : [],
            ReadOnlyRootFileSystem = context?.ReadOnlyRootFilesystem == true,
        };
    }

    private static ContainerResources Resources(Pod pod, Container container)
    {
        var requests = container.Resources?.Requests;
        var limits = container.Resources?.Limits;
        var request = Find(requests, "cpu") ?? Find(limits, "cpu");
        return new ContainerResources
        {
            CpuShares = request is { } cpu ? Math.Max(2, cpu.Milli * SharesPerCpu / 1000) : 2,
            CpuQuota = Find(limits, "cpu") is { } limit ? Math.Max(1000, limit.Milli * QuotaPeriod / 1000) : null,
            CpuPeriod = Find(limits, "cpu") is null ? null : QuotaPeriod,
            MemoryBytes = Find(limits, "memory")?.Units,
            OomScoreAdjustment = OomScores.Of(pod),
        };
    }

    private static Quantity? Find(IReadOnlyDictionary<string, Quantity>? amounts, string name) =>
        amounts is not null && amounts.TryGetValue(name, out var quantity) ? quantity : null;
}

/// <summary>One run of a container, with everything that had to be looked up for it.</summary>
internal sealed record ContainerRun
{
    /// <summary>The node's name.</summary>
    public required string Node { get; init; }

    /// <summary>The pod.</summary>
    public required Pod Pod { get; init; }

    /// <summary>The container of its spec.</summary>
    public required Container Container { get; init; }

    /// <summary>0 for the first run.</summary>
    public required int Attempt { get; init; }

    /// <summary>How many runs in a row before this one ended early.</summary>
    public int Crashes { get; init; }

    /// <summary>The engine's id of the pause container whose network it joins.</summary>
    public required string SandboxId { get; init; }

    /// <summary>The engine's id of the image, which may have lost its name since.</summary>
    public required string ImageId { get; init; }

    /// <summary>Environment variables, resolved.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }

    /// <summary>Mounts, resolved to paths that exist.</summary>
    public required IReadOnlyList<ContainerMount> Mounts { get; init; }
}
