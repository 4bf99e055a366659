using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.TestKit.Servers;

/// <summary>Where a broker comes from on this machine.</summary>
internal abstract record KafkaSource
{
    private const string AddressVariable = "MINIK8S_TEST_KAFKA";
    private const string Image = "apache/kafka";

    /// <summary>A broker at a place, not yet started.</summary>
    internal abstract Running At(KafkaPlace place, TestFolder folder);

    /// <summary>The first source that this machine has.</summary>
    internal static KafkaSource Find()
    {
        if (Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } address)
        {
            return new External(address);
        }

        if (FindScript() is { } script && Tools.Find("java") is not null)
        {
            return new Script(script);
        }

        return ImageIsHere()
            ? new Container()
            : new None($"no Kafka broker: {AddressVariable} is not set, there is no ../shared/kafka/kafka with a Java runtime beside the "
                + $"repository, and no Docker engine that has or can pull the image {Image}");
    }

    /// <summary>Walks up from the test's folder to the repository; the script lies in a folder <c>shared</c> beside it.</summary>
    private static string? FindScript()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "shared", "kafka", "kafka");
            if (File.Exists(script))
            {
                return script;
            }
        }

        return null;
    }

    private static bool ImageIsHere()
    {
        if (Tools.Find("docker") is null)
        {
            return false;
        }

        var present = Command.TryAsync(["docker", "image", "inspect", Image]).GetAwaiter().GetResult();
        return present.Succeeded
            || Command.TryAsync(["docker", "pull", "-q", Image], timeout: TimeSpan.FromMinutes(5)).GetAwaiter().GetResult().Succeeded;
    }

    /// <summary>There is none.</summary>
    internal sealed record None(string Reason) : KafkaSource
    {
        internal override Running At(KafkaPlace place, TestFolder folder) => throw new InvalidOperationException(Reason);
    }

    /// <summary>Somebody runs one.</summary>
    internal sealed record External(string Address) : KafkaSource
    {
        internal override Running At(KafkaPlace place, TestFolder folder) => new ExternalKafka(Address);
    }

    /// <summary>The script starts one.</summary>
    internal sealed record Script(string FullPath) : KafkaSource
    {
        internal override Running At(KafkaPlace place, TestFolder folder) => new ScriptKafka(FullPath, place, folder["kafka"]);
    }

    /// <summary>Docker starts one.</summary>
    internal sealed record Container : KafkaSource
    {
        internal override Running At(KafkaPlace place, TestFolder folder) =>
            new ContainerKafka(Image, place, $"{Path.GetFileName(folder.FullPath)}-kafka");
    }

    /// <summary>One broker that can be started, killed and removed.</summary>
    internal abstract class Running
    {
        internal abstract string BootstrapServers { get; }

        internal abstract Task StartAsync(CancellationToken cancellationToken);

        internal abstract Task KillAsync(CancellationToken cancellationToken);

        internal abstract Task RemoveAsync();
    }
}
