using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Images;
using MiniK8s.Kubelet.Tests.Docker;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Files;

namespace MiniK8s.Kubelet.Tests.Images;

[Collection(nameof(EngineTests))]
public sealed class LocalImagesTests(EngineFixture fixture)
{
    [Fact]
    public async Task The_example_image_answers_with_its_host_name_and_the_clients_address()
    {
        var id = await fixture.Client.CreateContainerAsync(
            new ContainerSpec { Name = fixture.NewName(), Image = LocalImages.Example, Hostname = "pod-one" });
        await fixture.Client.StartContainerAsync(id);
        var address = (await fixture.Client.FindContainerAsync(id))!.Networks["bridge"].Address;
        using var http = fixture.Namespace.CreateHttpClient();
        var server = new Uri($"http://{address}:8080/");

        await Eventually.TrueAsync(async () => await http.GetStringAsync(server) == "pod-one\n", "the example answers");

        Assert.Equal("ok\n", await http.GetStringAsync(new Uri(server, "healthz")));
        Assert.Equal("pod-one 10.244.1.1\n", await http.GetStringAsync(new Uri(server, "cgi-bin/client")));
        await fixture.Client.StopContainerAsync(id, TimeSpan.FromSeconds(20));
        Assert.Equal(0, (await fixture.Client.FindContainerAsync(id))!.State.ExitCode);
    }

    [Fact]
    public async Task The_pause_image_runs_until_it_is_told_to_end()
    {
        await LocalImages.EnsureAsync(fixture.Client, LocalImages.Pause);
        var id = await fixture.Client.CreateContainerAsync(new ContainerSpec { Name = fixture.NewName(), Image = LocalImages.Pause });
        await fixture.Client.StartContainerAsync(id);
        await Eventually.TrueAsync(async () => (await fixture.Client.StatsAsync(id)).Processes == 2, "the script and its sleep run");

        await fixture.Client.StopContainerAsync(id, TimeSpan.FromSeconds(20));

        Assert.Equal(0, (await fixture.Client.FindContainerAsync(id))!.State.ExitCode);
    }

    [Fact]
    public async Task An_image_that_is_there_is_left_alone()
    {
        var before = await fixture.Client.FindImageAsync(LocalImages.Example);

        await LocalImages.EnsureAsync(fixture.Client, LocalImages.Example);

        Assert.Equal(before!.Id, (await fixture.Client.FindImageAsync(LocalImages.Example))!.Id);
    }

    [Fact]
    public async Task An_unknown_image_is_refused()
    {
        Assert.False(LocalImages.IsKnown("busybox"));
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => LocalImages.EnsureAsync(fixture.Client, "busybox"));
        Assert.Contains(LocalImages.Example, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_static_busybox_the_error_says_how_to_get_one()
    {
        using var folder = TestFolder.Create();

        var missing = Assert.Throws<LocalImageException>(() => StaticBusybox.Find([folder["busybox"]]));
        var linked = Assert.Throws<LocalImageException>(() => StaticBusybox.Find([folder["busybox"], "/bin/true"]));

        Assert.Contains("apt-get install busybox-static", missing.Message, StringComparison.Ordinal);
        Assert.Contains("/bin/true needs shared libraries", linked.Message, StringComparison.Ordinal);
    }
}
