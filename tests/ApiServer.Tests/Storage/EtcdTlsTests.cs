using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Etcd;
using MiniK8s.TestKit.Servers;

namespace MiniK8s.ApiServer.Tests.Storage;

public sealed class EtcdTlsTests : IDisposable
{
    private readonly EtcdTlsFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_client_certificate_opens_the_door_and_nothing_else_does()
    {
        Assert.SkipUnless(EtcdServer.SkipReason is null, EtcdServer.SkipReason ?? "");
        await using var server = await EtcdServer.StartAsync(
            "--cert-file", _files.Certificate("server"), "--key-file", _files.Key("server"), "--client-cert-auth", "--trusted-ca-file", _files.Ca);
        var good = new EtcdOptions
        {
            Endpoints = [new Uri(server.ClientUrl)],
            CaFile = _files.Ca,
            CertificateFile = _files.Certificate("client"),
            KeyFile = _files.Key("client"),
            RequestTimeout = TimeSpan.FromSeconds(5),
        };
        var impatient = good with { RequestTimeout = TimeSpan.FromSeconds(1) };

        Assert.True(await RevisionAsync(good) >= 1);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RevisionAsync(impatient with { CertificateFile = null, KeyFile = null }));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RevisionAsync(impatient with { CaFile = null }));
    }

    private static async Task<long> RevisionAsync(EtcdOptions options)
    {
        await using var store = new EtcdStore(options, TimeProvider.System, NullLogger<EtcdStore>.Instance);
        return await store.CurrentRevisionAsync(Token);
    }
}
