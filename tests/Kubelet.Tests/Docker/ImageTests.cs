using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Images;
using MiniK8s.TestKit.Docker;

namespace MiniK8s.Kubelet.Tests.Docker;

[Collection(nameof(EngineTests))]
public sealed class ImageTests(EngineFixture fixture)
{
    [Fact]
    public async Task An_imported_image_is_found_listed_and_removed()
    {
        var client = fixture.Client;
        using var tar = new MemoryStream();
        await RootFileSystem.WriteAsync(tar, [1, 2, 3], [], CancellationToken.None);
        tar.Position = 0;
        await client.ImportImageAsync(tar, new ImportedImage
        {
            Reference = "minik8s/import-test:7",
            Entrypoint = ["/bin/a b", "\"q\""],
            Command = ["c"],
            Environment = new Dictionary<string, string> { ["PRICE"] = "5$ \"each\"" },
            Labels = new Dictionary<string, string> { ["kept for"] = "a test" },
        });

        var found = await client.FindImageAsync("minik8s/import-test:7");
        var listed = await client.ListImagesAsync();
        await client.RemoveImageAsync("minik8s/import-test:7");
        await client.RemoveImageAsync("minik8s/import-test:7");

        Assert.Equal(["minik8s/import-test:7"], found!.Tags);
        Assert.Equal(["/bin/a b", "\"q\""], found.Entrypoint);
        Assert.Equal(["c"], found.Command);
        Assert.Contains("PRICE=5$ \"each\"", found.Environment);
        Assert.Equal("a test", found.Labels["kept for"]);
        Assert.StartsWith("sha256:", found.Id, StringComparison.Ordinal);
        Assert.Contains(listed, image => image.Id == found.Id && image.SizeBytes == found.SizeBytes);
        Assert.Null(await client.FindImageAsync("minik8s/import-test:7"));
    }

    [Fact]
    public async Task A_pull_that_fails_tells_the_engines_reason()
    {
        var refused = await Assert.ThrowsAsync<DockerApiException>(
            () => fixture.Client.PullImageAsync("127.0.0.1:1/absent:1", credentials: null, progress: null));

        Assert.Contains("127.0.0.1:1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("connection refused", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pulled_image_is_there_and_its_steps_were_told()
    {
        var client = fixture.Client;
        await using var registry = await ImageRegistry.StartAsync(fixture.Namespace);
        var reference = registry.Push("team/app:1", await SmallFileSystemAsync(), "/bin/run");
        var steps = new Steps();

        await client.PullImageAsync(reference, credentials: null, steps);

        var image = await client.FindImageAsync(reference);
        Assert.Equal(["/bin/run"], image!.Command);
        Assert.StartsWith($"{registry.Host}/team/app@sha256:", Assert.Single(image.Digests), StringComparison.Ordinal);
        Assert.Contains(steps.Told, step => step.Status == "Pull complete" && step.Layer.Length > 0);
        Assert.Contains(steps.Told, step => step.Total > 0);
        Assert.Contains(steps.Told, step => step.Status.Contains("Downloaded newer image", StringComparison.Ordinal));
        await client.RemoveImageAsync(reference);
    }

    [Fact]
    public async Task A_registry_that_asks_for_credentials_gets_them()
    {
        var client = fixture.Client;
        await using var registry = await ImageRegistry.StartAsync(fixture.Namespace);
        registry.Credentials = "me:p\u00e4ss/wor?d";
        var reference = registry.Push("team/secret:1", await SmallFileSystemAsync(), "/bin/run");

        var refused = await Assert.ThrowsAsync<DockerApiException>(() => client.PullImageAsync(reference, credentials: null, progress: null));
        await client.PullImageAsync(reference, new RegistryCredentials("me", "p\u00e4ss/wor?d", registry.Host), progress: null);

        Assert.Contains("no basic auth credentials", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(await client.FindImageAsync(reference));
        await client.RemoveImageAsync(reference);
    }

    [Theory]
    [InlineData("busybox", "busybox:latest")]
    [InlineData("busybox:1", "busybox:1")]
    [InlineData("host:5000/busybox", "host:5000/busybox:latest")]
    [InlineData("host:5000/a/busybox:2", "host:5000/a/busybox:2")]
    [InlineData("busybox@sha256:0a", "busybox@sha256:0a")]
    public void A_reference_without_a_tag_means_latest(string reference, string pulled) =>
        Assert.Equal(pulled, DockerClient.WithTag(reference));

    [Fact]
    public void Credentials_never_show_their_password() =>
        Assert.DoesNotContain("secret", new RegistryCredentials("me", "secret", "host").ToString(), StringComparison.Ordinal);

    private static async Task<byte[]> SmallFileSystemAsync()
    {
        using var tar = new MemoryStream();
        await RootFileSystem.WriteAsync(tar, [1, 2, 3], [], CancellationToken.None);
        return tar.ToArray();
    }

    /// <summary>Keeps what it is told, on the thread that tells it.</summary>
    private sealed class Steps : IProgress<PullProgress>
    {
        public List<PullProgress> Told { get; } = [];

        public void Report(PullProgress value) => Told.Add(value);
    }
}
