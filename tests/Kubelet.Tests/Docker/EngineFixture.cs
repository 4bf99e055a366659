using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Images;
using MiniK8s.TestKit.Docker;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Kubelet.Tests.Docker;

/// <summary>One real engine, with the example image, for all tests of the client; each test uses names of its own.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private NetworkNamespace? _namespace;
    private DockerEngine? _engine;
    private DockerClient? _client;
    private int _count;

    /// <summary>The client; a test that asks for it skips where no engine can run.</summary>
    public DockerClient Client
    {
        get
        {
            Assert.SkipUnless(DockerEngine.SkipReason is null, DockerEngine.SkipReason ?? "");
            return _client!;
        }
    }

    public NetworkNamespace Namespace => _namespace!;

    public DockerEngine Engine => _engine!;

    public async ValueTask InitializeAsync()
    {
        if (DockerEngine.SkipReason is not null)
        {
            return;
        }

        _namespace = await NetworkNamespace.CreateAsync("docker");
        _engine = await DockerEngine.StartAsync(_namespace, "10.244.1.1/24");
        _client = new DockerClient(_engine.Address);
        await LocalImages.EnsureAsync(_client, LocalImages.Example);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }

        _namespace?.Dispose();
    }

    /// <summary>A name that no other test has.</summary>
    public string NewName() => $"test-{Interlocked.Increment(ref _count)}";

    /// <summary>Creates and starts a container that runs a shell script.</summary>
    public async Task<string> RunAsync(string script, Func<ContainerSpec, ContainerSpec>? change = null)
    {
        var spec = new ContainerSpec { Name = NewName(), Image = LocalImages.Example, Entrypoint = ["sh", "-c", script] };
        var id = await Client.CreateContainerAsync(change?.Invoke(spec) ?? spec);
        await Client.StartContainerAsync(id);
        return id;
    }
}

[CollectionDefinition(nameof(EngineTests))]
public sealed class EngineTests : ICollectionFixture<EngineFixture>;
