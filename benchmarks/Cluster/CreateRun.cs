using System.Globalization;
using System.Text;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.ApiServer.Storage.Etcd;
using MiniK8s.ApiServer.Storage.Etcd.Messages;
using MiniK8s.Benchmarks.Measuring;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Processes;
using MiniK8s.TestKit.Servers;

namespace MiniK8s.Benchmarks.Cluster;

/// <summary>
/// Creates of a ConfigMap of 2 KB through the API server (its own process, TLS, bearer token) beside puts of the same bytes, one
/// request each, by the product's own etcd client. Both on one etcd that syncs every write, in rounds by turns.
/// </summary>
internal static class CreateRun
{
    private const int Rounds = 5;
    private const string Prefix = "/registry/core/configmaps/default/";
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(2);
    private static readonly int[] Concurrencies = [1, 64];
    private static readonly string Text = new('x', 1900);

    /// <summary>Runs and reports; about 50 seconds.</summary>
    public static async Task RunAsync()
    {
        using var folder = TestFolder.Create();
        await using var etcd = await EtcdServer.StartAsync();
        var port = FreePorts.Next();
        var command = Programs.MiniK8s("apiserver", "--data-dir", folder.FullPath, "--etcd-servers", etcd.ClientUrl, "--secure-port", $"{port}", "--bind-address", "127.0.0.1");
        await using var server = ChildProcess.Start(command[0], command.Skip(1));
        using var api = await AdminHttp.ConnectAsync(folder.FullPath, port);
        using var client = EtcdClient.Create(new EtcdOptions { Endpoints = [new Uri(etcd.ClientUrl)] }, TimeProvider.System);
        var stored = await StoredBytesAsync(api, etcd);
        Console.WriteLine($"{Body("x").Length} bytes a body, {stored.Length} bytes stored; {Rounds} rounds of {RoundTime.TotalSeconds:0} s each, by turns\n");
        Console.WriteLine("  c   API creates/s   p50 ms   p99 ms   etcd puts/s   p50 ms   p99 ms   RATIO creates/puts (median of rounds)");
        var before = Machine.ResidentMiB(server.Id);
        foreach (var concurrency in Concurrencies) await CompareAsync(concurrency, api, client, stored);
        var objects = await CountAsync(etcd);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"\nresident memory of the API server: {before:0} MiB before, {Machine.ResidentMiB(server.Id):0} MiB with {objects} ConfigMaps in its cache"));
    }

    private static async Task CompareAsync(int concurrency, AdminHttp api, EtcdClient client, ReadOnlyMemory<byte> stored)
    {
        // One round of each to warm up: code is compiled, connections are open.
        Task Create(string name) => api.CreateAsync("/api/v1/namespaces/default/configmaps", Body(name));
        Task Put(string name) => client.TxnAsync(PutOf($"/bare/{name}", stored), CancellationToken.None);
        await Load.RunAsync(concurrency, RoundTime, Create);
        await Load.RunAsync(concurrency, RoundTime, Put);
        var (creates, puts, ratios) = (new LoadResult(), new LoadResult(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            var create = await Load.RunAsync(concurrency, RoundTime, Create);
            var put = await Load.RunAsync(concurrency, RoundTime, Put);
            ratios.Add(create.PerSecond.Median / put.PerSecond.Median);
            creates.Add(create);
            puts.Add(put);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{concurrency,3}   {creates.PerSecond.Median,13:0}   {creates.Milliseconds.Median,6:0.00}   {creates.Milliseconds.Percentile(99),6:0.00}   {puts.PerSecond.Median,11:0}   {puts.Milliseconds.Median,6:0.00}   {puts.Milliseconds.Percentile(99),6:0.00}   {ratios.Median:0.00} ({ratios.Percentile(0):0.00} to {ratios.Percentile(100):0.00})"));
    }

    private static TxnRequest PutOf(string key, ReadOnlyMemory<byte> value)
    {
        var request = new TxnRequest();
        request.Success.Add(new RequestOp { Put = new PutRequest { Key = ByteString.CopyFromUtf8(key), Value = UnsafeByteOperations.UnsafeWrap(value) } });
        return request;
    }

    private static async Task<ReadOnlyMemory<byte>> StoredBytesAsync(AdminHttp api, EtcdServer etcd)
    {
        await api.CreateAsync("/api/v1/namespaces/default/configmaps", Body("probe"));
        await using var store = Open(etcd);
        var read = await store.GetAsync($"{Prefix}probe");
        return read.Value?.Value ?? throw new InvalidOperationException("the ConfigMap is not where it was expected in etcd");
    }

    private static async Task<long> CountAsync(EtcdServer etcd)
    {
        await using var store = Open(etcd);
        return (await store.RangeAsync(new ApiServer.Storage.RangeRequest(Prefix, ApiServer.Storage.StoreKeys.PrefixEnd(Prefix), Limit: 1))).Count;
    }

    private static EtcdStore Open(EtcdServer etcd) =>
        new(new EtcdOptions { Endpoints = [new Uri(etcd.ClientUrl)] }, TimeProvider.System, NullLogger<EtcdStore>.Instance);

    private static byte[] Body(string name) => Encoding.UTF8.GetBytes(
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","labels":{"app":"benchmark"}},"data":{"text":"{{{Text}}}"}}""");
}
