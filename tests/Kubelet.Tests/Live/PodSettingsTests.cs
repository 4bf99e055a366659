using System.Text;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Values;
using MiniK8s.TestKit;

namespace MiniK8s.Kubelet.Tests.Live;

public sealed class PodSettingsTests(NodeFixture host) : LiveTest(host)
{
    [Theory]
    [InlineData(null)]
    [InlineData("Memory")]
    public async Task Containers_of_a_pod_share_an_empty_directory(string? medium)
    {
        var mount = new VolumeMount { Name = "share", MountPath = "/share" };
        var pod = await Host.RunUntilReadyAsync(LivePods.Pod(
                Host.NewName("share"),
                LivePods.Shell("one", LivePods.Forever) with { VolumeMounts = [mount] },
                LivePods.Shell("two", LivePods.Forever) with { VolumeMounts = [mount with { ReadOnly = true }] })
            .With(spec => spec with { Volumes = [new Volume { Name = "share", EmptyDir = new EmptyDirVolumeSource { Medium = medium } }] }));

        await Host.ExecAsync(pod, 0, "echo hello >/share/greeting");
        Assert.Equal("hello\n", await Host.ExecAsync(pod, 1, "cat /share/greeting"));
        Assert.Contains("Read-only file system", await Host.ExecAsync(pod, 1, "echo no >/share/greeting 2>&1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_of_the_host_is_seen_in_the_pod_and_a_part_of_it_too()
    {
        var name = Host.NewName("host");
        Directory.CreateDirectory(Path.Combine(Host.Folder[name], "part"));
        await File.WriteAllTextAsync(Path.Combine(Host.Folder[name], "part", "file"), "from the host\n");
        var pod = await Host.RunUntilReadyAsync(LivePods.Pod(
                name,
                LivePods.Shell("main", LivePods.Forever)
                    with { VolumeMounts = [new VolumeMount { Name = "host", MountPath = "/all" }, new VolumeMount { Name = "host", MountPath = "/part", SubPath = "part" }] })
            .With(spec => spec with { Volumes = [new Volume { Name = "host", HostPath = new HostPathVolumeSource { Path = Host.Folder[name], Type = "Directory" } }] }));

        Assert.Equal("from the host\nfrom the host\n", await Host.ExecAsync(pod, 0, "cat /all/part/file /part/file"));
    }

    [Fact]
    public async Task The_environment_comes_from_fields_config_maps_and_secrets()
    {
        var name = Host.NewName("env");
        await Host.Api.CreateAsync(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = name }, Data = new Dictionary<string, string> { ["color"] = "blue", ["size"] = "small" } });
        await Host.Api.CreateAsync(new Secret { Metadata = new ObjectMeta { Namespace = "default", Name = name }, Data = new Dictionary<string, byte[]> { ["key"] = Encoding.UTF8.GetBytes("s3cret") } });
        var main = LivePods.Shell("main", LivePods.Forever) with
        {
            EnvFrom = [new EnvFromSource { Prefix = "CM_", ConfigMapRef = new ConfigMapEnvSource { Name = name } }],
            Env =
            [
                new EnvVar { Name = "POD", ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = "metadata.name" } } },
                new EnvVar { Name = "IP", ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = "status.podIP" } } },
                new EnvVar { Name = "COLOR", ValueFrom = new EnvVarSource { ConfigMapKeyRef = new ConfigMapKeySelector { Name = name, Key = "color" } } },
                new EnvVar { Name = "KEY", ValueFrom = new EnvVarSource { SecretKeyRef = new SecretKeySelector { Name = name, Key = "key" } } },
                new EnvVar { Name = "NONE", ValueFrom = new EnvVarSource { SecretKeyRef = new SecretKeySelector { Name = name, Key = "absent", Optional = true } } },
                new EnvVar { Name = "CPU", ValueFrom = new EnvVarSource { ResourceFieldRef = new ResourceFieldSelector { Resource = "limits.cpu", Divisor = new Quantity("1m") } } },
                new EnvVar { Name = "URL", Value = "http://$(POD)/$(COLOR)" },
            ],
            Resources = new ResourceRequirements { Limits = new Dictionary<string, Quantity> { ["cpu"] = new("500m"), ["memory"] = new("64Mi") } },
        };
        var pod = await Host.RunUntilReadyAsync(LivePods.Pod(name, main));

        Assert.Equal(
            $"{name} {pod.Status!.PodIP} blue s3cret unset 500 http://{name}/blue small\n",
            await Host.ExecAsync(pod, 0, "echo $POD $IP $COLOR $KEY ${NONE-unset} $CPU $URL $CM_size"));
    }

    [Fact]
    public async Task A_missing_config_map_is_named_and_the_container_starts_when_it_is_there()
    {
        var name = Host.NewName("missing");
        var main = LivePods.Shell("main", LivePods.Forever) with { EnvFrom = [new EnvFromSource { ConfigMapRef = new ConfigMapEnvSource { Name = name } }] };
        var waiting = await Host.RunAsync(
            LivePods.Pod(name, main), pod => pod.Status?.ContainerStatuses is [{ State.Waiting.Reason: "CreateContainerConfigError" }], "the container waits");
        Assert.Equal($"configmap \"{name}\" not found", waiting.StatusOf("main").State!.Waiting!.Message);

        await Host.Api.CreateAsync(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = name } });
        await Host.WaitAsync(name, LivePods.IsReady, "the pod is ready");
    }

    [Fact]
    public async Task A_host_port_answers_on_the_node_and_is_given_to_one_pod_only()
    {
        var name = Host.NewName("port");
        var web = LivePods.Server("web") with { Ports = [new ContainerPort { ContainerPortValue = 8080, HostPort = 18080 }] };
        await Host.RunUntilReadyAsync(LivePods.Pod(name, web));
        await Host.AnswersAsync(name, $"{NodeFixture.Address}:18080");

        var second = Host.NewName("port");
        await Host.Api.CreateAsync(LivePods.Pod(second, web));
        var refusal = await Eventually.ValueAsync(
            async () => (await Host.Api.ListAsync<Event>("default")).Items.FirstOrDefault(told => told.InvolvedObject.Name == second && told.Reason == "FailedCreatePodSandBox"),
            "an event tells of the taken port",
            LivePods.Limit);
        Assert.Contains("port is already allocated", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("Pending", (await Host.Api.GetAsync<Pod>("default", second)).Status!.Phase);

        await Host.Api.DeleteAsync<Pod>("default", name);
        await Host.WaitAsync(second, LivePods.IsReady, "the second pod gets the port when it is free");
        await Host.Api.DeleteAsync<Pod>("default", second);
    }

    [Fact]
    public async Task An_image_that_cannot_be_had_shows_the_engines_reason()
    {
        var main = LivePods.Shell("main", LivePods.Forever) with { Image = "127.0.0.1:1/team/app:1" };
        var pod = await Host.RunAsync(
            LivePods.Pod(Host.NewName("pull"), main), pod => pod.Status?.ContainerStatuses is [{ State.Waiting.Reason: "ErrImagePull" }], "the pull fails");

        Assert.Contains("connection refused", pod.StatusOf("main").State!.Waiting!.Message, StringComparison.Ordinal);
        Assert.Equal("Pending", pod.Status!.Phase);
    }

    [Fact]
    public async Task An_image_that_may_not_be_pulled_must_be_there()
    {
        var main = LivePods.Shell("main", LivePods.Forever) with { Image = "team/absent:1", ImagePullPolicy = "Never" };
        var pod = await Host.RunAsync(
            LivePods.Pod(Host.NewName("never"), main, LivePods.Shell("side", LivePods.Forever)),
            pod => pod.Status?.ContainerStatuses is [{ State.Waiting.Reason: "ErrImageNeverPull" }, { State.Running: not null }],
            "one container waits and the other runs");

        Assert.Equal("Container image \"team/absent:1\" is not present with pull policy of Never", pod.StatusOf("main").State!.Waiting!.Message);
    }

    [Fact]
    public async Task A_container_that_must_not_be_root_is_not_started_as_root()
    {
        var refused = LivePods.Shell("refused", LivePods.Forever) with { SecurityContext = new SecurityContext { RunAsNonRoot = true } };
        var taken = LivePods.Shell("taken", LivePods.Forever) with { SecurityContext = new SecurityContext { RunAsNonRoot = true, RunAsUser = 1000, RunAsGroup = 2000 } };
        var pod = await Host.RunAsync(
            LivePods.Pod(Host.NewName("root"), refused, taken),
            pod => pod.Status?.ContainerStatuses is [{ State.Waiting.Reason: "CreateContainerConfigError" }, { State.Running: not null }],
            "one container is refused and the other runs");

        Assert.Equal("container has runAsNonRoot and image will run as root", pod.StatusOf("refused").State!.Waiting!.Message);
        Assert.Equal("1000 2000\n", await Host.ExecAsync(pod, 1, "echo $(id -u) $(id -g)"));
    }
}
