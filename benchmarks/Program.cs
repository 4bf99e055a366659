using BenchmarkDotNet.Running;
using MiniK8s.Benchmarks.Cluster;
using MiniK8s.Benchmarks.Measuring;
using MiniK8s.Benchmarks.Micro;
using MiniK8s.Benchmarks.ServiceProxy;

var runs = new Dictionary<string, (string What, Func<ProxyArguments, Task> Run)>
{
    ["creates"] = ("creates per second on etcd, beside bare etcd puts of the same bytes", _ => CreateRun.RunAsync()),
    ["first-packet"] = ("from the POST of a Service to its first answer, beside a bare iptables-restore and connect (root, Docker)", _ => FirstPacketRun.RunAsync()),
    ["start"] = ("from `minik8s up` to ready, and resident memory (root, Docker)", _ => StartRun.RunAsync()),
    ["json"] = ("decoding and encoding of a Service (BenchmarkDotNet)", _ => Task.Run(() => BenchmarkRunner.Run<JsonBenchmarks>())),
    ["rules"] = ("building iptables scripts (BenchmarkDotNet)", _ => Task.Run(() => BenchmarkRunner.Run<RuleBenchmarks>())),
    ["proxy-change"] = ("one endpoint of one Service changes: event to the kernel's acknowledgement, beside the same bytes sent bare (root)", ChangeRun.RunAsync),
    ["proxy-start"] = ("from empty tables to 10,000 Services, beside the same bytes sent bare, and the process as a whole (root)", ColdStartRun.RunAsync),
    ["proxy-packet"] = ("connect() through the last Service less connect() to the pod, at 1,000 and 50,000 Services (root)", PacketRun.RunAsync),
    ["proxy-latency"] = ("from the API's acknowledgement of a slice to the first connection to its endpoint (root)", LatencyRun.RunAsync),
    ["proxy-soak"] = ("ten changes a second among 10,000 Services: processor and memory over time (root)", SoakRun.RunAsync),
    ["proxy-memory"] = ("resident memory of the Service proxy with 10,000 Services (root)", MemoryRun.RunAsync),
};

if (args is not [var name, .. var rest] || !runs.TryGetValue(name, out var chosen))
{
    Console.WriteLine("Usage: dotnet run -c Release --project benchmarks -- NAME [OPTIONS]");
    foreach (var (key, (what, _)) in runs) Console.WriteLine($"  {key,-14}{what}");
    Console.WriteLine(ProxyArguments.Usage);
    return args is ["list"] ? 0 : 2;
}

try
{
    var arguments = ProxyArguments.Parse(rest);
    Machine.WriteHeader(Console.Out);
    await chosen.Run(arguments);
    return 0;
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine($"error: {wrong.Message}");
    return 2;
}
