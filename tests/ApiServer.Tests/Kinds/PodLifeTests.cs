using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

/// <summary>Defaults, changes, binding and deletion of Pods.</summary>
public sealed class PodLifeTests
{
    private static readonly PodKind Kind = new();

    private static Pod Plain => Kind.Created(Pipeline.Read<Pod>("""{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"busybox"}]}}"""));

    [Fact]
    public void A_new_pod_looks_as_a_real_server_makes_it()
    {
        var wanted = Pipeline.Read<Pod>("""
            {"metadata":{"name":"p"},
             "spec":{"containers":[{"name":"c","image":"busybox","resources":{},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"Always"}],
               "restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","securityContext":{},"schedulerName":"default-scheduler",
               "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},
                              {"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],
               "priority":0,"enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority"},
             "status":{"phase":"Pending","qosClass":"BestEffort"}}
            """);
        Assert.True(ApiSerializer.AreEqual(wanted, Plain), System.Text.Encoding.UTF8.GetString(ApiSerializer.Serialize(Plain)));
        Assert.True(ApiSerializer.AreEqual(Plain, Kind.Default(Plain)), "defaulting twice changes nothing");
    }

    [Theory]
    [InlineData("busybox", "Always")]
    [InlineData("busybox:latest", "Always")]
    [InlineData("busybox:1.36", "IfNotPresent")]
    [InlineData("registry:5000/busybox", "Always")]
    [InlineData("registry:5000/busybox:1", "IfNotPresent")]
    [InlineData("busybox@sha256:0123456789abcdef", "IfNotPresent")]
    public void Pull_policy_follows_the_tag(string image, string policy) =>
        Assert.Equal(policy, Kind.Default(new Pod { Spec = new() { Containers = [new() { Name = "c", Image = image }] } }).Spec!.Containers[0].ImagePullPolicy);

    [Theory]
    [InlineData("""{}""", "BestEffort")]
    [InlineData("""{"requests":{"cpu":"0.5","memory":"1000Ki"},"limits":{"cpu":"1","memory":"0.5Gi"}}""", "Burstable")]
    [InlineData("""{"limits":{"cpu":"1","memory":"1Gi"}}""", "Guaranteed")]
    [InlineData("""{"requests":{"cpu":"1000m","memory":"1024Mi"},"limits":{"cpu":"1","memory":"1Gi"}}""", "Guaranteed")]
    [InlineData("""{"limits":{"cpu":"1"}}""", "Burstable")]
    [InlineData("""{"requests":{"ephemeral-storage":"1Gi"}}""", "BestEffort")]
    public void Quality_of_service(string resources, string quality)
    {
        var pod = Kind.Created(Pipeline.Read<Pod>($"{{\"spec\":{{\"containers\":[{{\"name\":\"c\",\"image\":\"x\",\"resources\":{resources}}}]}}}}"));
        Assert.Equal(quality, pod.Status!.QosClass);
    }

    [Fact]
    public void Amounts_are_stored_in_one_form_and_limits_are_requests()
    {
        var pod = Kind.Created(Pipeline.Read<Pod>("""{"spec":{"containers":[{"name":"c","image":"x","resources":{"limits":{"cpu":"0.5","memory":"0.5Gi"}}}]}}"""));
        var resources = pod.Spec!.Containers[0].Resources!;
        Assert.Equal(("500m", "512Mi"), (resources.Limits["cpu"].ToString(), resources.Limits["memory"].ToString()));
        Assert.Equal("500m", resources.Requests["cpu"].ToString());
    }

    [Fact]
    public void Ports_probes_and_volumes_get_their_defaults()
    {
        var spec = Kind.Created(Pipeline.Read<Pod>("""
            {"spec":{"hostNetwork":true,"serviceAccount":"robot","volumes":[{"name":"v"},{"name":"s","secret":{"secretName":"s"}}],
             "containers":[{"name":"c","image":"x","ports":[{"containerPort":80}],"readinessProbe":{"httpGet":{"port":80}}}]}}
            """)).Spec!;
        Assert.Equal((80, "TCP"), (spec.Containers[0].Ports[0].HostPort, spec.Containers[0].Ports[0].Protocol));
        var probe = spec.Containers[0].ReadinessProbe!;
        Assert.Equal((1, 10, 1, 3, "/", "HTTP"), (probe.TimeoutSeconds, probe.PeriodSeconds, probe.SuccessThreshold, probe.FailureThreshold, probe.HttpGet!.Path, probe.HttpGet.Scheme));
        Assert.NotNull(spec.Volumes[0].EmptyDir);
        Assert.Equal(420, spec.Volumes[1].Secret!.DefaultMode);
        Assert.Equal("robot", spec.ServiceAccountName);
    }

    private static readonly Dictionary<string, (Func<PodSpec, PodSpec> Change, string? Field)> Changes = new()
    {
        ["none"] = (s => s, null),
        ["image"] = (s => s with { Containers = [s.Containers[0] with { Image = "busybox:2" }] }, null),
        ["deadline set"] = (s => s with { ActiveDeadlineSeconds = 60 }, null),
        ["toleration added"] = (s => s with { Tolerations = [.. s.Tolerations, new() { Key = "a", Operator = "Exists" }] }, null),
        ["toleration removed"] = (s => s with { Tolerations = [] }, "spec.tolerations"),
        ["command"] = (s => s with { Containers = [s.Containers[0] with { Command = ["x"] }] }, "spec"),
        ["node without a Binding"] = (s => s with { NodeName = "n1" }, "spec"),
        ["container added"] = (s => s with { Containers = [.. s.Containers, new() { Name = "d", Image = "x" }] }, "spec.containers"),
        ["grace period"] = (s => s with { TerminationGracePeriodSeconds = 5 }, "spec"),
        ["gate added"] = (s => s with { SchedulingGates = [new() { Name = "a/b" }] }, "spec.schedulingGates[0]"),
    };

    public static TheoryData<string> ChangeIds => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(ChangeIds))]
    public void Only_few_fields_of_a_pod_change(string id)
    {
        var (change, field) = Changes[id];
        var errors = Kind.Update(Plain with { Spec = change(Plain.Spec!) }, Plain).Errors;
        if (field is null) Assert.Empty(errors.Lines());
        else Assert.Equal(field, Assert.Single(errors).Field);
    }

    [Fact]
    public void A_deadline_may_come_nearer_only()
    {
        var pod = Plain with { Spec = Plain.Spec! with { ActiveDeadlineSeconds = 60 } };
        Assert.Empty(Kind.Update(pod with { Spec = pod.Spec! with { ActiveDeadlineSeconds = 30 } }, pod).Errors);
        Assert.NotEmpty(Kind.Update(pod with { Spec = pod.Spec! with { ActiveDeadlineSeconds = 90 } }, pod).Errors);
        Assert.NotEmpty(Kind.Update(pod with { Spec = pod.Spec! with { ActiveDeadlineSeconds = null } }, pod).Errors);
    }

    [Fact]
    public void A_status_update_keeps_the_class_and_takes_nothing_else()
    {
        var pod = Kind.PrepareForStatusUpdate(Plain with { Spec = new(), Status = new() { Phase = "Running", PodIP = "10.244.1.2" } }, Plain);
        pod = Kind.Default(pod);
        Assert.Equal(("Running", "BestEffort", "10.244.1.2"), (pod.Status!.Phase, pod.Status.QosClass, pod.Status.PodIPs[0].Ip));
        Assert.Single(pod.Spec!.Containers);
    }

    [Theory]
    [InlineData("Never", 0, true)]
    [InlineData("OnFailure", 0, true)]
    [InlineData("OnFailure", 1, false)]
    [InlineData("Always", 0, false)]
    public void An_ended_container_that_may_not_restart_stays_ended(string policy, int exitCode, bool isRefused)
    {
        var before = Plain with
        {
            Spec = Plain.Spec! with { RestartPolicy = policy },
            Status = new() { ContainerStatuses = [new() { Name = "c", State = new() { Terminated = new() { ExitCode = exitCode } } }] },
        };
        var after = before with { Status = new() { ContainerStatuses = [new() { Name = "c", State = new() { Running = new() } }] } };
        Assert.Equal(isRefused, Kind.ValidateStatusUpdate(after, before).Any());
    }

    [Theory]
    [InlineData(null, "Running", null, 0)]
    [InlineData("n1", "Running", null, 30)]
    [InlineData("n1", "Running", 5, 5)]
    [InlineData("n1", "Running", 0, 0)]
    [InlineData("n1", "Running", -1, 1)]
    [InlineData("n1", "Succeeded", null, 0)]
    [InlineData("n1", "Failed", 5, 0)]
    public void Grace_is_for_pods_that_a_kubelet_runs(string? node, string phase, int? asked, int seconds)
    {
        var pod = Plain with { Spec = Plain.Spec! with { NodeName = node }, Status = new() { Phase = phase } };
        Assert.Equal(TimeSpan.FromSeconds(seconds), Kind.GracePeriod(pod, asked is { } number ? TimeSpan.FromSeconds(number) : null));
    }

    [Fact]
    public void A_binding_names_the_node_once()
    {
        var binding = new Binding { Metadata = new() { Annotations = new Dictionary<string, string> { ["a"] = "b" } }, Target = new() { Kind = "Node", Name = "n1" } };
        Assert.Empty(new BindingKind().Validate(binding));
        Assert.Null(PodBinding.Objection(Plain));
        var bound = PodBinding.Apply(Plain, binding, DateTimeOffset.UnixEpoch);
        Assert.Equal(("n1", "b"), (bound.Spec!.NodeName, bound.Metadata.Annotations["a"]));
        Assert.Equal(("PodScheduled", "True"), (bound.Status!.Conditions[0].Type, bound.Status.Conditions[0].Status));
        Assert.Equal("pod p is already assigned to node \"n1\"", PodBinding.Objection(bound));
        Assert.NotNull(PodBinding.Objection(Plain with { Metadata = Plain.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch } }));
    }

    [Theory]
    [InlineData("Pod", "n1", "target.kind")]
    [InlineData("Node", "", "target.name")]
    public void A_binding_is_to_a_node(string kind, string name, string field) =>
        Assert.Equal(field, Assert.Single(new BindingKind().Validate(new() { Target = new() { Kind = kind, Name = name } })).Field);

    [Theory]
    [InlineData("spec.nodeName", "n1")]
    [InlineData("spec.hostNetwork", "false")]
    [InlineData("status.phase", "Running")]
    [InlineData("status.podIP", "10.244.1.2")]
    [InlineData("spec.restartPolicy", "Always")]
    [InlineData("spec.schedulerName", "default-scheduler")]
    [InlineData("spec.serviceAccountName", "")]
    [InlineData("status.nominatedNodeName", "")]
    public void Fields_to_select_by(string field, string value)
    {
        var pod = Plain with { Spec = Plain.Spec! with { NodeName = "n1" }, Status = new() { Phase = "Running", PodIPs = [new() { Ip = "10.244.1.2" }] } };
        Assert.Equal(value, Kind.SelectableFields[field](pod));
    }
}
