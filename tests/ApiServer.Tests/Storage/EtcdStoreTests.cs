using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Etcd;
using MiniK8s.TestKit.Servers;

namespace MiniK8s.ApiServer.Tests.Storage;

/// <summary>One etcd for all tests of the class.</summary>
public sealed class SharedEtcd : IAsyncLifetime
{
    /// <summary>The server, or null where the machine has none.</summary>
    public EtcdServer? Server { get; private set; }

    public async ValueTask InitializeAsync() => Server = EtcdServer.SkipReason is null ? await EtcdServer.StartAsync() : null;

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }
}

public sealed class EtcdStoreTests(SharedEtcd etcd) : StoreContract, IClassFixture<SharedEtcd>
{
    protected override Task<IStore> OpenAsync()
    {
        Assert.SkipWhen(etcd.Server is null, EtcdServer.SkipReason ?? "");
        return Task.FromResult<IStore>(Connect(etcd.Server!.ClientUrl));
    }

    internal static EtcdStore Connect(params string[] urls) =>
        new(new EtcdOptions { Endpoints = [.. urls.Select(url => new Uri(url))] }, TimeProvider.System, NullLogger<EtcdStore>.Instance);
}
