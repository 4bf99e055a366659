using System.Net;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.TestKit.Servers;

/// <summary>
/// A real Kafka broker for one test. It is looked for in this order: the address in <c>MINIK8S_TEST_KAFKA</c>, the script
/// <c>shared/kafka/kafka</c> beside the repository, a container of the image <c>apache/kafka</c>.
/// </summary>
public sealed class KafkaBroker : IAsyncDisposable
{
    private const int Attempts = 3;
    private static readonly Lazy<KafkaSource> Source = new(KafkaSource.Find);

    private readonly KafkaSource.Running _broker;
    private readonly TestFolder _folder;

    private KafkaBroker(KafkaSource.Running broker, TestFolder folder)
    {
        _broker = broker;
        _folder = folder;
    }

    /// <summary>Why there is no broker on this machine, or null when there is one.</summary>
    public static string? SkipReason => (Source.Value as KafkaSource.None)?.Reason;

    /// <summary>True when <see cref="KillAsync"/> and <see cref="RestartAsync"/> work: not for a broker that somebody else runs.</summary>
    public static bool CanBeKilled => Source.Value is KafkaSource.Script or KafkaSource.Container;

    /// <summary>True when a broker can be started inside a namespace or with an address of one's choice.</summary>
    public static bool CanBePlaced => Source.Value is KafkaSource.Script;

    /// <summary>The folder of the script with all that it runs beside a Java runtime, for an image of it; null where there is no script.</summary>
    public static string? ProgramFolder => Source.Value is KafkaSource.Script script ? Path.GetDirectoryName(script.FullPath) : null;

    /// <summary><c>address:port</c> for clients.</summary>
    public string BootstrapServers => _broker.BootstrapServers;

    /// <summary>Starts an empty broker on a free loopback port, or joins the one of <c>MINIK8S_TEST_KAFKA</c>.</summary>
    public static async Task<KafkaBroker> StartAsync(CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartAsync(new KafkaPlace(IPAddress.Loopback, FreePorts.NextPair(), Inside: null), cancellationToken);
            }
            catch (CommandFailedException) when (attempt < Attempts)
            {
                // Seconds pass until a broker listens; a client of another test, which the system gave the port meanwhile, may have it.
            }
        }
    }

    /// <summary>Starts an empty broker inside a namespace, at an address that it has there.</summary>
    /// <exception cref="InvalidOperationException">This machine's broker cannot be placed; ask <see cref="CanBePlaced"/> before.</exception>
    public static Task<KafkaBroker> StartInsideAsync(NetworkNamespace inside, IPAddress address, CancellationToken cancellationToken = default) =>
        CanBePlaced
            ? StartAsync(new KafkaPlace(address, 9092, inside), cancellationToken)
            : throw new InvalidOperationException("only the broker that shared/kafka/kafka starts can run inside a namespace");

    /// <summary>Ends the broker at once, as kill -9 does. Its data stays.</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) => _broker.KillAsync(cancellationToken);

    /// <summary>Starts the killed broker again at the same address and with its data; returns when it answers.</summary>
    public Task RestartAsync(CancellationToken cancellationToken = default) => _broker.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _broker.RemoveAsync();
        }
        finally
        {
            _folder.Dispose();
        }
    }

    private static async Task<KafkaBroker> StartAsync(KafkaPlace place, CancellationToken cancellationToken)
    {
        var folder = TestFolder.Create();
        var broker = new KafkaBroker(Source.Value.At(place, folder), folder);
        try
        {
            await broker._broker.StartAsync(cancellationToken);
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }

        return broker;
    }
}

/// <summary>Where a broker listens.</summary>
/// <param name="Address">The address that it listens on and advertises.</param>
/// <param name="Port">Its port; the next one is the controller's.</param>
/// <param name="Inside">The namespace it runs in; null for the machine's own.</param>
internal sealed record KafkaPlace(IPAddress Address, int Port, NetworkNamespace? Inside)
{
    internal string BootstrapServers => new IPEndPoint(Address, Port).ToString();
}
