using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MiniK8s.Benchmarks.Measuring;
using MiniK8s.TestKit;

namespace MiniK8s.Benchmarks.Cluster;

/// <summary>
/// From the POST of a Service without an address to the first byte that a pod behind it answers, beside the least that any way
/// through iptables takes: one bare iptables-restore of the same chains and a request. By turns, in one namespace.
/// </summary>
internal static class FirstPacketRun
{
    private const int Rounds = 40;
    private const string Services = "/api/v1/namespaces/default/services";

    /// <summary>Runs and reports; about 40 seconds.</summary>
    public static async Task RunAsync()
    {
        await using var node = await BenchmarkNode.StartAsync();
        var (process, _) = await node.UpAsync(0, "--proxy-mode", "iptables");
        await using var up = process;
        await node.RunAsync("kubectl", "--kubeconfig", Path.Combine(node.DataDirectory, "admin.kubeconfig"), "apply", "-f", Programs.Example("web"));
        using var api = await AdminHttp.ConnectAsync(node.DataDirectory, 6443, node.Host.Namespace);
        var knock = new Knock(node.Host.Namespace);
        await Eventually.TrueAsync(async () => (await node.Host.Namespace.RunAsync(["iptables-save", "-t", "nat"])).Split("default/web:http -> ").Length == 4, "three pods are behind the example's Service", TimeSpan.FromMinutes(1));

        var (acknowledged, answered, bare, ratios) = (new Samples(), new Samples(), new Samples(), new Samples());
        for (var round = -5; round < Rounds; round++)
        {
            var name = $"bench-{round + 5}";
            var start = Stopwatch.GetTimestamp();
            var address = (string)JsonNode.Parse(await api.CreateAsync(Services, Body(name)))!["spec"]!["clusterIP"]!;
            var toAnswer = Stopwatch.GetElapsedTime(start);
            await knock.UntilAnsweredAsync(address);
            var toPacket = Stopwatch.GetElapsedTime(start);
            var floor = await BareRestore.MeasureAsync(node.Host.Namespace, name, address, knock);
            await api.DeleteAsync($"{Services}/{name}");
            if (round < 0) continue;
            acknowledged.Add(toAnswer.TotalMilliseconds);
            answered.Add(toPacket.TotalMilliseconds);
            bare.Add(floor.TotalMilliseconds);
            ratios.Add(toPacket / floor);
        }

        Console.WriteLine($"{Rounds} Services of 3 endpoints each, one after the other; milliseconds\n");
        Write("POST to answer, with its address", acknowledged);
        Write("POST to the first byte from a pod", answered);
        Write("floor: bare iptables-restore + request", bare);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nRATIO first packet/floor: {ratios.Median:0.0} (median of rounds)"));
    }

    private static void Write(string what, Samples samples) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-42} p50 {samples.Median,6:0.0}   p90 {samples.Percentile(90),6:0.0}   max {samples.Percentile(100),6:0.0}"));

    private static byte[] Body(string name) => Encoding.UTF8.GetBytes(
        $$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"{{{name}}}"},"spec":{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":8080}]}}""");
}
