using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>What a container gets for fields that its author left out.</summary>
internal static class ContainerDefaults
{
    private const string MessagePath = "/dev/termination-log";
    private const string MessagePolicy = "File";

    public static Container Apply(Container container, bool usesHostNetwork) => container with
    {
        ImagePullPolicy = container.ImagePullPolicy ?? PullPolicy(container.Image),
        TerminationMessagePath = container.TerminationMessagePath ?? MessagePath,
        TerminationMessagePolicy = container.TerminationMessagePolicy ?? MessagePolicy,
        Resources = Resources(container.Resources ?? new()),
        Ports = [.. container.Ports.Select(port => Port(port, usesHostNetwork))],
        Env = [.. container.Env.Select(EnvVar)],
        LivenessProbe = Probe(container.LivenessProbe),
        ReadinessProbe = Probe(container.ReadinessProbe),
        StartupProbe = Probe(container.StartupProbe),
        Lifecycle = container.Lifecycle is { } cycle ? cycle with { PostStart = Handler(cycle.PostStart), PreStop = Handler(cycle.PreStop) } : null,
    };

    public static EphemeralContainer Apply(EphemeralContainer container) => container with
    {
        ImagePullPolicy = container.ImagePullPolicy ?? PullPolicy(container.Image),
        TerminationMessagePath = container.TerminationMessagePath ?? MessagePath,
        TerminationMessagePolicy = container.TerminationMessagePolicy ?? MessagePolicy,
        Resources = container.Resources ?? new(),
        Env = [.. container.Env.Select(EnvVar)],
    };

    /// <summary>The tag <c>latest</c>, written or not, moves, so it is always pulled; digests and other tags stay.</summary>
    private static string PullPolicy(string? image)
    {
        image ??= "";
        if (image.Contains('@', StringComparison.Ordinal)) return "IfNotPresent";
        var name = image[(image.LastIndexOf('/') + 1)..];
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || name[(colon + 1)..] == "latest" ? "Always" : "IfNotPresent";
    }

    /// <summary>A limit without a request is a request of as much.</summary>
    private static ResourceRequirements Resources(ResourceRequirements resources)
    {
        resources = resources with { Limits = Amounts.Canonical(resources.Limits), Requests = Amounts.Canonical(resources.Requests) };
        if (resources.Limits.Keys.All(resources.Requests.ContainsKey)) return resources;
        var requests = new Dictionary<string, Quantity>(resources.Requests);
        foreach (var (name, limit) in resources.Limits) requests.TryAdd(name, limit);
        return resources with { Requests = requests };
    }

    /// <summary>On the host's network every container port is a host port.</summary>
    private static ContainerPort Port(ContainerPort port, bool usesHostNetwork) => port with
    {
        Protocol = port.Protocol ?? "TCP",
        HostPort = usesHostNetwork && port.HostPort is null or 0 ? port.ContainerPortValue : port.HostPort,
    };

    private static EnvVar EnvVar(EnvVar variable) => variable.ValueFrom?.FieldRef is { ApiVersion: null or "" } reference
        ? variable with { ValueFrom = variable.ValueFrom with { FieldRef = reference with { ApiVersion = "v1" } } }
        : variable;

    private static Probe? Probe(Probe? probe) => probe is null ? null : probe with
    {
        TimeoutSeconds = probe.TimeoutSeconds is null or 0 ? 1 : probe.TimeoutSeconds,
        PeriodSeconds = probe.PeriodSeconds is null or 0 ? 10 : probe.PeriodSeconds,
        SuccessThreshold = probe.SuccessThreshold is null or 0 ? 1 : probe.SuccessThreshold,
        FailureThreshold = probe.FailureThreshold is null or 0 ? 3 : probe.FailureThreshold,
        HttpGet = HttpGet(probe.HttpGet),
        Grpc = probe.Grpc is { Service: null } grpc ? grpc with { Service = "" } : probe.Grpc,
    };

    private static LifecycleHandler? Handler(LifecycleHandler? handler) => handler is null ? null : handler with { HttpGet = HttpGet(handler.HttpGet) };

    private static HTTPGetAction? HttpGet(HTTPGetAction? action) => action is null ? null : action with
    {
        Path = string.IsNullOrEmpty(action.Path) ? "/" : action.Path,
        Scheme = string.IsNullOrEmpty(action.Scheme) ? "HTTP" : action.Scheme,
    };
}
