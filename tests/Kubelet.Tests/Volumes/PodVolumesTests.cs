using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Tests.Planning;
using MiniK8s.Kubelet.Volumes;
using MiniK8s.TestKit.Files;

namespace MiniK8s.Kubelet.Tests.Volumes;

public sealed class PodVolumesTests : IDisposable
{
    private static readonly Dictionary<string, string> Variables = new() { ["POD"] = "web", ["UP"] = ".." };

    private readonly TestFolder folder = TestFolder.Create();
    private readonly PodVolumes volumes;

    public PodVolumesTests() => volumes = new PodVolumes(folder["data"], "n1");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_empty_directory_is_made_for_everybody_in_the_pod_and_nobody_else()
    {
        var mount = Prepare(Empty(), new VolumeMount { Name = "v", MountPath = "/v", ReadOnly = true });
        Assert.Equal((MountKind.Bind, folder["data/kubelet/n1/pods/u1/volumes/v"], "/v", true), (mount.Kind, mount.Source, mount.Target, mount.ReadOnly));
        Assert.Equal((UnixFileMode)0b111_111_111, File.GetUnixFileMode(mount.Source));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Path.GetDirectoryName(mount.Source)!));
        Assert.Equal(["u1"], volumes.Known());
    }

    [Fact]
    public void The_engine_is_given_an_absolute_path_whatever_the_data_directory_is_called()
    {
        var relative = new PodVolumes(Path.GetRelativePath(Environment.CurrentDirectory, folder["data"]), "n1");
        var pod = PodCases.Pod("a");
        var mounts = relative.Prepare(pod with { Spec = pod.Spec! with { Volumes = [Empty()] } }, PodCases.Container("a") with { VolumeMounts = [Mount()] }, Variables);
        Assert.Equal(folder["data/kubelet/n1/pods/u1/volumes/v"], Assert.Single(mounts).Source);
    }

    [Fact]
    public void A_directory_keeps_its_content_for_the_next_container_and_goes_with_the_pod()
    {
        var source = Prepare(Empty(), Mount()).Source;
        File.WriteAllText(Path.Combine(source, "file"), "kept");
        Assert.Equal("kept", File.ReadAllText(Path.Combine(Prepare(Empty(), Mount()).Source, "file")));
        volumes.Remove("u1");
        Assert.Empty(volumes.Known());
    }

    [Fact]
    public void Removing_a_pod_follows_no_link_out_of_it()
    {
        Directory.CreateDirectory(folder["precious"]);
        File.WriteAllText(folder["precious/file"], "kept");
        Directory.CreateSymbolicLink(Path.Combine(Prepare(Empty(), Mount()).Source, "link"), folder["precious"]);
        volumes.Remove("u1");
        Assert.Equal("kept", File.ReadAllText(folder["precious/file"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../pods")]
    [InlineData("u1/volumes")]
    public void A_uid_that_is_no_directory_name_removes_nothing(string uid)
    {
        Prepare(Empty(), Mount());
        volumes.Remove(uid);
        Assert.True(Directory.Exists(folder["data/kubelet/n1/pods/u1/volumes/v"]));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/../../b")]
    [InlineData("/etc")]
    public void A_sub_path_may_not_lead_out(string path) =>
        Assert.Contains("must be relative and without '..'", Refusal(Empty(), Mount() with { SubPath = path }), StringComparison.Ordinal);

    [Fact]
    public void A_sub_path_expression_may_not_lead_out_either()
    {
        Assert.EndsWith("/volumes/v/web", Prepare(Empty(), Mount() with { SubPathExpr = "$(POD)" }).Source, StringComparison.Ordinal);
        Assert.Contains("must be relative and without '..'", Refusal(Empty(), Mount() with { SubPathExpr = "$(UP)/x" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("link/passwd")]
    public void A_sub_path_through_a_link_is_refused(string path)
    {
        Directory.CreateSymbolicLink(Path.Combine(Prepare(Empty(), Mount()).Source, "link"), "/etc");
        Assert.Contains("leads through the symbolic link link", Refusal(Empty(), Mount() with { SubPath = path }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Directory", "file", "is not a directory")]
    [InlineData("Directory", "absent", "is not a directory")]
    [InlineData("File", "absent", "is not a file")]
    [InlineData("FileOrCreate", "directory", "is a directory")]
    [InlineData("Socket", "absent", "does not exist")]
    [InlineData("Directory", "directory", null)]
    [InlineData("File", "file", null)]
    [InlineData("FileOrCreate", "absent", null)]
    [InlineData("DirectoryOrCreate", "absent", null)]
    [InlineData("", "absent", null)]
    public void A_path_of_the_host_must_be_what_its_type_says(string type, string name, string? refusal)
    {
        Directory.CreateDirectory(folder["directory"]);
        File.WriteAllText(folder["file"], "");
        var volume = new Volume { Name = "v", HostPath = new HostPathVolumeSource { Path = folder[name], Type = type } };
        if (refusal is null) Assert.True(Path.Exists(Prepare(volume, Mount()).Source));
        else Assert.Equal($"hostPath {folder[name]} {refusal}", Refusal(volume, Mount()));
    }

    [Fact]
    public void What_this_kubelet_does_not_have_is_named()
    {
        Assert.Equal("volumeMount other names no volume of the pod", Refusal(Empty(), new VolumeMount { Name = "other", MountPath = "/v" }));
        Assert.Equal("volume v: only hostPath and emptyDir are supported", Refusal(new Volume { Name = "v", ConfigMap = new ConfigMapVolumeSource() }, Mount()));
    }

    private static Volume Empty() => new() { Name = "v", EmptyDir = new EmptyDirVolumeSource() };

    private static VolumeMount Mount() => new() { Name = "v", MountPath = "/v" };

    private string Refusal(Volume volume, VolumeMount mount) => Assert.Throws<ContainerConfigException>(() => Prepare(volume, mount)).Message;

    private ContainerMount Prepare(Volume volume, VolumeMount mount)
    {
        var pod = PodCases.Pod("a");
        return Assert.Single(volumes.Prepare(pod with { Spec = pod.Spec! with { Volumes = [volume] } }, PodCases.Container("a") with { VolumeMounts = [mount] }, Variables));
    }
}
