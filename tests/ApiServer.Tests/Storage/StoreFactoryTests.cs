using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Etcd;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.ApiServer.Storage.Sqlite;
using MiniK8s.TestKit.Files;

namespace MiniK8s.ApiServer.Tests.Storage;

public sealed class StoreFactoryTests
{
    [Fact]
    public async Task Each_kind_opens_its_store()
    {
        using var folder = TestFolder.Create();
        await using var memory = await OpenAsync(new StoreOptions { Kind = StoreKind.Memory });
        await using var sqlite = await OpenAsync(new StoreOptions { DataDirectory = folder["data"] });
        await using var etcd = await OpenAsync(new StoreOptions
        {
            Kind = StoreKind.Etcd,
            Etcd = new EtcdOptions { Endpoints = EtcdOptions.ParseEndpoints("http://127.0.0.1:2379, http://127.0.0.2:2379") },
        });

        Assert.IsType<MemoryStore>(memory);
        Assert.IsType<SqliteStore>(sqlite);
        Assert.True(File.Exists(folder["data/store.db"]));
        Assert.IsType<EtcdStore>(etcd);
    }

    [Fact]
    public async Task A_missing_option_is_named()
    {
        var noDirectory = await Assert.ThrowsAsync<ArgumentException>(() => OpenAsync(new StoreOptions()));
        Assert.Contains("--data-dir", noDirectory.Message, StringComparison.Ordinal);

        var noServers = await Assert.ThrowsAsync<ArgumentException>(() => OpenAsync(new StoreOptions { Kind = StoreKind.Etcd }));
        Assert.Contains("--etcd-servers", noServers.Message, StringComparison.Ordinal);
    }

    public static TheoryData<EtcdOptions, string> WrongOptions => new()
    {
        { new EtcdOptions { Endpoints = [] }, "--etcd-servers" },
        { new EtcdOptions { Endpoints = [new Uri("http://a:1")], CertificateFile = "/dev/null" }, "key file" },
        { new EtcdOptions { Endpoints = [new Uri("http://a:1")], CaFile = "/no/such/file" }, "/no/such/file" },
        { new EtcdOptions { Endpoints = [new Uri("http://a:1")], RequestTimeout = TimeSpan.Zero }, "positive" },
    };

    [Theory]
    [MemberData(nameof(WrongOptions), DisableDiscoveryEnumeration = true)]
    public async Task Wrong_options_for_etcd_are_explained(EtcdOptions options, string part)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => OpenAsync(new StoreOptions { Kind = StoreKind.Etcd, Etcd = options }));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost:2379")]
    [InlineData("http://a:2379,ftp://b:2379")]
    public void A_list_of_servers_must_hold_urls(string list) => Assert.Throws<FormatException>(() => EtcdOptions.ParseEndpoints(list));

    [Theory]
    [InlineData("3.4.23", false)]
    [InlineData("3.4.31", true)]
    [InlineData("3.5.12", false)]
    [InlineData("3.5.13", true)]
    [InlineData("3.6.0-rc.1", true)]
    [InlineData("4.0.0", true)]
    [InlineData("3.3.27", false)]
    [InlineData("nonsense", false)]
    public void Progress_is_believed_from_the_versions_that_tell_it_rightly(string version, bool safe) =>
        Assert.Equal(safe, EtcdVersion.Parse(version).HasSafeProgress);

    private static Task<IStore> OpenAsync(StoreOptions options) =>
        StoreFactory.OpenAsync(options, TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
}
