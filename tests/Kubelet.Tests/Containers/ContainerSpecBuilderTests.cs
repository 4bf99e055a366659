using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Tests.Planning;

namespace MiniK8s.Kubelet.Tests.Containers;

public class ContainerSpecBuilderTests
{
    private static readonly Container Plain = PodCases.Container("main");

    [Fact]
    public void A_run_can_be_found_again_by_its_labels_and_its_name_is_its_own()
    {
        var spec = Build(Plain, attempt: 3);
        Assert.Equal("k8s_main_web_default_u1_3", spec.Name);
        Assert.Equal(("n1", "default", "web", "u1"), (spec.Labels[PodLabels.Node], spec.Labels[PodLabels.Namespace], spec.Labels[PodLabels.Name], spec.Labels[PodLabels.Uid]));
        Assert.Equal(("main", "3", "2", "sandbox"), (spec.Labels[PodLabels.Container], spec.Labels[PodLabels.Attempt], spec.Labels[PodLabels.Crashes], spec.Labels[PodLabels.Sandbox]));
        Assert.NotEqual(spec.Labels[PodLabels.SpecHash], Build(Plain with { Image = "other" }).Labels[PodLabels.SpecHash]);
    }

    [Fact]
    public void Without_command_and_args_those_of_the_image_are_used()
    {
        var spec = Build(Plain);
        Assert.Null(spec.Entrypoint);
        Assert.Null(spec.Command);
        Assert.Equal("sha256:1", spec.Image);
    }

    [Fact]
    public void Command_and_args_replace_entrypoint_and_command_with_variables_put_in()
    {
        var spec = Build(Plain with { Command = ["run", "$(MODE)"], Args = ["--to=$(MODE)", "$(OTHER)"] });
        Assert.Equal(["run", "fast"], spec.Entrypoint!);
        Assert.Equal(["--to=fast", "$(OTHER)"], spec.Command!);
    }

    [Theory]
    [InlineData(null, null, 2L, null, null)]
    [InlineData("250m", null, 256L, null, null)]
    [InlineData(null, "500m", 512L, 50_000L, 100_000L)]
    [InlineData("1", "2", 1024L, 200_000L, 100_000L)]
    [InlineData("1m", "1m", 2L, 1_000L, 100_000L)]
    public void Processor_time_is_shares_by_request_and_quota_by_limit(string? request, string? limit, long shares, long? quota, long? period)
    {
        var resources = Build(Plain with { Resources = new ResourceRequirements { Requests = Amount("cpu", request), Limits = Amount("cpu", limit) } }).Resources;
        Assert.Equal((shares, quota, period), (resources.CpuShares, resources.CpuQuota, resources.CpuPeriod));
    }

    [Fact]
    public void Memory_is_limited_in_bytes()
    {
        Assert.Equal(64L << 20, Build(Plain with { Resources = new ResourceRequirements { Limits = Amount("memory", "64Mi") } }).Resources.MemoryBytes);
        Assert.Null(Build(Plain).Resources.MemoryBytes);
    }

    [Theory]
    [InlineData(null, null, null, null, null)]
    [InlineData(1000L, null, null, null, "1000")]
    [InlineData(1000L, 2000L, null, null, "1000:2000")]
    [InlineData(1000L, null, 5L, 6L, "5:6")]
    [InlineData(1000L, 2000L, 5L, null, "5:2000")]
    public void The_containers_user_wins_over_the_pods(long? podUser, long? podGroup, long? user, long? group, string? expected)
    {
        var pod = Pod(spec => spec with { SecurityContext = new PodSecurityContext { RunAsUser = podUser, RunAsGroup = podGroup } });
        Assert.Equal(expected, Build(Plain with { SecurityContext = new SecurityContext { RunAsUser = user, RunAsGroup = group } }, pod).User);
    }

    [Fact]
    public void The_group_of_the_volumes_is_one_of_the_groups()
    {
        var pod = Pod(spec => spec with { SecurityContext = new PodSecurityContext { SupplementalGroups = [7, 8], FsGroup = 8 } });
        Assert.Equal(["7", "8"], Build(Plain, pod).Groups);
    }

    [Fact]
    public void Privileges_are_as_asked_and_no_more()
    {
        var context = new SecurityContext
        {
            AllowPrivilegeEscalation = false, ReadOnlyRootFilesystem = true, Capabilities = new Capabilities { Add = ["NET_ADMIN"], Drop = ["ALL"] },
        };
        var security = Build(Plain with { SecurityContext = context }).Security;
        Assert.Equal((false, true), (security.Privileged, security.ReadOnlyRootFileSystem));
        Assert.Equal(["NET_ADMIN"], security.AddCapabilities);
        Assert.Equal(["ALL"], security.DropCapabilities);
        Assert.Equal(["no-new-privileges"], security.Options);
        Assert.True(Build(Plain with { SecurityContext = new SecurityContext { Privileged = true } }).Security.Privileged);
        Assert.Empty(Build(Plain).Security.Options);
    }

    [Fact]
    public void Namespaces_are_the_sandboxs_unless_the_pod_asks_for_the_hosts()
    {
        var own = Build(Plain).Networking;
        Assert.Equal(("container:sandbox", "container:sandbox", null), (own.Mode, own.IpcMode, own.PidMode));
        var host = Build(Plain, Pod(spec => spec with { HostIPC = true, HostPID = true })).Networking;
        Assert.Equal(("container:sandbox", "host", "host"), (host.Mode, host.IpcMode, host.PidMode));
        Assert.Equal("container:sandbox", Build(Plain, Pod(spec => spec with { ShareProcessNamespace = true })).Networking.PidMode);
    }

    [Theory]
    [InlineData(null, null, 1000)]
    [InlineData("100m", null, 500)]
    [InlineData("100m", "100m", 3)]
    public void The_kernel_ends_best_effort_pods_before_others(string? request, string? limit, int score)
    {
        var amounts = new ResourceRequirements
        {
            Requests = Amount("cpu", request),
            Limits = limit is null ? new Dictionary<string, Quantity>() : new Dictionary<string, Quantity> { ["cpu"] = new(limit), ["memory"] = new("1Mi") },
        };
        var container = Plain with { Resources = amounts };
        Assert.Equal(score, Build(container, Pod(spec => spec with { Containers = [container] })).Resources.OomScoreAdjustment);
    }

    private static Dictionary<string, Quantity> Amount(string name, string? amount) => amount is null ? [] : new() { [name] = new Quantity(amount) };

    private static Pod Pod(Func<PodSpec, PodSpec> change) => PodCases.Pod("main") is var pod ? pod with { Spec = change(pod.Spec!) } : pod;

    private static ContainerSpec Build(Container container, Pod? pod = null, int attempt = 0) => ContainerSpecBuilder.Build(new ContainerRun
    {
        Node = "n1", Pod = pod ?? PodCases.Pod("main"), Container = container, Attempt = attempt, Crashes = 2, SandboxId = "sandbox", ImageId = "sha256:1",
        Environment = [new("MODE", "fast")], Mounts = [],
    });
}
