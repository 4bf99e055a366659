using BenchmarkDotNet.Running;
using MiniK8s.Benchmarks.Cluster;
using MiniK8s.Benchmarks.Measuring;
using MiniK8s.Benchmarks.Micro;

var runs = new Dictionary<string, (string What, Func<Task> Run)>
{
    ["creates"] = ("creates per second on etcd, beside bare etcd puts of the same bytes", CreateRun.RunAsync),
    ["first-packet"] = ("from the POST of a Service to its first answer, beside a bare iptables-restore and connect (root, Docker)", FirstPacketRun.RunAsync),
    ["start"] = ("from `minik8s up` to ready, and resident memory (root, Docker)", StartRun.RunAsync),
    ["json"] = ("decoding and encoding of a Service (BenchmarkDotNet)", () => Task.Run(() => BenchmarkRunner.Run<JsonBenchmarks>())),
    ["rules"] = ("building iptables scripts (BenchmarkDotNet)", () => Task.Run(() => BenchmarkRunner.Run<RuleBenchmarks>())),
};

if (args is not [var name] || !runs.TryGetValue(name, out var chosen))
{
    Console.WriteLine("Usage: dotnet run -c Release --project benchmarks -- NAME");
    foreach (var (key, (what, _)) in runs) Console.WriteLine($"  {key,-14}{what}");
    return args is ["list"] ? 0 : 2;
}

Machine.WriteHeader(Console.Out);
await chosen.Run();
return 0;
