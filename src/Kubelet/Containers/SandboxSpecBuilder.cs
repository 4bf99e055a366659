using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Containers;

/// <summary>Describes a pod's pause container: it owns the network, so it carries what belongs to the pod as a whole. Pure.</summary>
internal static class SandboxSpecBuilder
{
    // A pod's resolv.conf search list has its namespace first, so that a Service is found by its bare name.
    private const string ClusterDomain = "cluster.local";

    /// <summary>The pause container of <paramref name="pod"/>.</summary>
    public static ContainerSpec Build(Pod pod, int attempt, SandboxSettings settings)
    {
        var host = pod.Spec!.HostNetwork == true;
        return new ContainerSpec
        {
            Name = ContainerNames.Of(pod, "POD", attempt),
            Image = settings.PauseImage,
            Hostname = host ? null : Hostname(pod),
            Labels = PodLabels.Of(settings.Node, pod, "", attempt),
            Networking = new ContainerNetworking
            {
                Mode = host ? "host" : settings.Network,
                Ports = host ? [] : Ports(pod),
                DnsServers = pod.Spec.DnsConfig?.Nameservers ?? [],
                DnsSearch = Searches(pod),
                DnsOptions = [.. (pod.Spec.DnsConfig?.Options ?? []).Select(option => option.Value is null ? option.Name! : $"{option.Name}:{option.Value}")],
                ExtraHosts = [.. pod.Spec.HostAliases.SelectMany(alias => alias.Hostnames.Select(name => $"{name}:{alias.Ip}"))],
                IpcMode = pod.Spec.HostIPC == true ? "host" : "shareable",
                PidMode = pod.Spec.HostPID == true ? "host" : null,
            },
            Security = new ContainerSecurity
            {
                Sysctls = (pod.Spec.SecurityContext?.Sysctls ?? []).ToDictionary(sysctl => sysctl.Name, sysctl => sysctl.Value),
                Options = ["no-new-privileges"],
            },
            Resources = new ContainerResources { CpuShares = 2, OomScoreAdjustment = OomScores.Sandbox },
        };
    }

    private static string Hostname(Pod pod)
    {
        var name = pod.Spec!.Hostname ?? pod.Metadata.Name ?? "";
        // The kernel's limit; Kubernetes cuts there as well and leaves no dash or dot at the end.
        return name.Length <= 63 ? name : name[..63].TrimEnd('-', '.');
    }

    private static IReadOnlyList<PublishedPort> Ports(Pod pod) =>
    [
        .. pod.Spec!.Containers.SelectMany(container => container.Ports)
            .Where(port => port.HostPort is > 0)
            .Select(port => new PublishedPort(port.ContainerPortValue, (port.Protocol ?? "TCP").ToLowerInvariant(), port.HostPort!.Value, port.HostIP ?? "")),
    ];

    private static IReadOnlyList<string> Searches(Pod pod)
    {
        var own = pod.Spec!.DnsConfig?.Searches ?? [];
        return pod.Spec.DnsPolicy == "ClusterFirst" && pod.Spec.DnsConfig?.Nameservers.Count > 0
            ? [$"{pod.Metadata.Namespace}.svc.{ClusterDomain}", $"svc.{ClusterDomain}", ClusterDomain, .. own]
            : own;
    }
}

/// <summary>What all sandboxes of a node have in common.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Network">The engine network of the pods.</param>
/// <param name="PauseImage">The image.</param>
internal sealed record SandboxSettings(string Node, string Network, string PauseImage);
