using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Values;

namespace MiniK8s.ControllerManager.Tests;

/// <summary>The base objects of the planner tables; each case changes what it is about.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Service Service(string name = "web") => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name, Uid = $"uid-{name}", CreationTimestamp = Now, ResourceVersion = "5" },
        Spec = new ServiceSpec
        {
            Type = "ClusterIP", ClusterIP = "10.96.0.10", ClusterIPs = ["10.96.0.10"], IpFamilies = ["IPv4"], IpFamilyPolicy = "SingleStack",
            Selector = new Dictionary<string, string> { ["app"] = name },
            Ports = [new ServicePort { Name = "http", Port = 80, Protocol = "TCP", TargetPort = 8080 }],
        },
    };

    /// <summary>A running, ready pod with one container that has the port <c>http</c> 8080.</summary>
    public static Pod Pod(string name, string ip = "10.244.1.1", string app = "web", string node = "n1", bool ready = true) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name, Uid = $"uid-{name}", Labels = new Dictionary<string, string> { ["app"] = app } },
        Spec = new PodSpec
        {
            NodeName = node, RestartPolicy = "Always",
            Containers = [new Container { Name = "main", Image = "example", Ports = [new ContainerPort { Name = "http", ContainerPortValue = 8080, Protocol = "TCP" }] }],
        },
        Status = new PodStatus
        {
            Phase = "Running", PodIP = ip, PodIPs = [new PodIP { Ip = ip }],
            Conditions = [new PodCondition { Type = "Ready", Status = ready ? "True" : "False", LastTransitionTime = Now }],
        },
    };

    /// <summary>A pod that no node has yet.</summary>
    public static Pod Pending(string name) => Pod(name) with
    {
        Spec = Pod(name).Spec! with { NodeName = null, SchedulerName = "default-scheduler" },
        Status = new PodStatus { Phase = "Pending" },
    };

    /// <summary>Pods p000, p001 ... with one address each.</summary>
    public static IReadOnlyList<Pod> Pods(int count) => [.. Enumerable.Range(0, count).Select(i => Pod($"p{i:D3}", $"10.244.{i / 200}.{(i % 200) + 1}"))];

    /// <summary>A ready node with 4 CPUs, 8 GiB and room for 110 pods.</summary>
    public static Node Node(string name = "n1") => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name, Uid = $"uid-{name}", CreationTimestamp = Now,
            Labels = new Dictionary<string, string> { ["kubernetes.io/hostname"] = name, ["topology.kubernetes.io/zone"] = "z1" },
        },
        Spec = new NodeSpec(),
        Status = new NodeStatus
        {
            Conditions = [new NodeCondition { Type = "Ready", Status = "True", LastHeartbeatTime = Now, LastTransitionTime = Now }],
            Allocatable = new Dictionary<string, Quantity> { ["cpu"] = new("4"), ["memory"] = new("8Gi"), ["pods"] = new("110") },
        },
    };

    public static Dictionary<string, string> Map(params (string Key, string Value)[] entries) => entries.ToDictionary(e => e.Key, e => e.Value);
}

/// <summary>Mutations of base objects.</summary>
internal static class Mutations
{
    public static Service With(this Service service, Func<ServiceSpec, ServiceSpec> change) => service with { Spec = change(service.Spec!) };

    public static Pod With(this Pod pod, Func<PodSpec, PodSpec> change) => pod with { Spec = change(pod.Spec!) };

    public static Pod WithStatus(this Pod pod, Func<PodStatus, PodStatus> change) => pod with { Status = change(pod.Status!) };

    public static Node With(this Node node, Func<NodeSpec, NodeSpec> change) => node with { Spec = change(node.Spec!) };

    public static Node WithStatus(this Node node, Func<NodeStatus, NodeStatus> change) => node with { Status = change(node.Status!) };

    public static Pod Terminating(this Pod pod) => pod with { Metadata = pod.Metadata with { DeletionTimestamp = Sample.Now } };

    public static Pod Labelled(this Pod pod, string key, string value) =>
        pod with { Metadata = pod.Metadata with { Labels = new Dictionary<string, string>(pod.Metadata.Labels) { [key] = value } } };
}
