using BenchmarkDotNet.Attributes;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Serialization;

namespace MiniK8s.Benchmarks.Micro;

/// <summary>A Service on its way in and out: strict decoding of what a user sends, and reading and writing of what is stored.</summary>
[MemoryDiagnoser, ShortRunJob]
public class JsonBenchmarks
{
    private readonly Service service = Objects.Service(1);
    private byte[] json = [];

    /// <summary>Makes the bytes.</summary>
    [GlobalSetup]
    public void Prepare() => json = ApiSerializer.Serialize(service);

    /// <summary>As the API server reads a body: unknown and doubled fields are refused.</summary>
    [Benchmark]
    public object DecodeStrictly() => ObjectDecoder.Decode<Service>(json);

    /// <summary>As a cache reads what a feed brings.</summary>
    [Benchmark(Baseline = true)]
    public Service Deserialize() => ApiSerializer.Deserialize<Service>(json);

    /// <summary>As a client writes.</summary>
    [Benchmark]
    public byte[] Serialize() => ApiSerializer.Serialize(service);
}
