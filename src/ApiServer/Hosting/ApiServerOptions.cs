using MiniK8s.Api.Networking;

namespace MiniK8s.ApiServer.Hosting;

/// <summary>How an API server is set up. Everything has a default that suits an embedded server on loopback.</summary>
public sealed record ApiServerOptions
{
    /// <summary>The port with TLS and authentication; 0 for a free one, null for none.</summary>
    public int? SecurePort { get; init; } = 6443;

    /// <summary>The address that the secure port binds; any by default.</summary>
    public string BindAddress { get; init; } = "0.0.0.0";

    /// <summary>
    /// Where pods reach the secure port: the Service <c>kubernetes</c> leads there. Null, the default, makes no such Service, as suits
    /// an embedded server.
    /// </summary>
    public System.Net.IPAddress? AdvertiseAddress { get; init; }

    /// <summary>A port without either, on loopback only; 0 for a free one, null for none, which is the default.</summary>
    public int? InsecurePort { get; init; }

    /// <summary>Where certificates, tokens and an embedded store lie.</summary>
    public string DataDirectory { get; init; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".minik8s");

    /// <summary>The addresses of Services, one range or two of different families, separated by a comma.</summary>
    public string ServiceClusterIpRange { get; init; } = "10.96.0.0/16";

    /// <summary>The node ports of Services.</summary>
    public string ServiceNodePortRange { get; init; } = "30000-32767";

    /// <summary>
    /// How long a write waits for the controller that completes its object (a Service's address) before it is answered as it is, with a
    /// warning. Default 2 seconds; zero does not wait.
    /// </summary>
    public TimeSpan ServiceAllocationWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether a garbage collector runs in the cluster: only then may a deletion with propagation policy Orphan or Foreground leave the
    /// finalizer for it, which nobody else takes away. Default no: the policies are accepted, and objects go at once.
    /// </summary>
    public bool EnableGarbageCollector { get; init; }

    /// <summary>The time of a request that is no watch and no stream. Default 60 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most reads served at a time. Default 400.</summary>
    public int MaxRequestsInFlight { get; init; } = 400;

    /// <summary>Most writes served at a time. Default 200.</summary>
    public int MaxMutatingRequestsInFlight { get; init; } = 200;

    /// <summary>How often watches that allow it get a bookmark. Default one minute.</summary>
    public TimeSpan BookmarkInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How much history the store keeps, and how often it is shortened. Default five minutes.</summary>
    public TimeSpan CompactionInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many recent changes of a resource a watch may go back. Default 16,384.</summary>
    public int WatchHistory { get; init; } = 16_384;

    /// <summary>How many changes may wait for a watch before it is ended as too slow. Default 4,096.</summary>
    public int WatchBuffer { get; init; } = 4_096;

    /// <summary>What Services may be given.</summary>
    /// <exception cref="ArgumentException">A range is none; the message names it.</exception>
    public ServiceNetwork ServiceNetwork()
    {
        try
        {
            return new ServiceNetwork([.. ServiceClusterIpRange.Split(',', StringSplitOptions.TrimEntries).Select(IpRange.Parse)], PortRange.Parse(ServiceNodePortRange));
        }
        catch (FormatException problem)
        {
            throw new ArgumentException(problem.Message, problem);
        }
    }

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="ArgumentException">A value makes no sense; the message names it and what would be right.</exception>
    public void Validate()
    {
        RequirePort(nameof(SecurePort), SecurePort);
        RequirePort(nameof(InsecurePort), InsecurePort);
        if (SecurePort is null && InsecurePort is null) throw new ArgumentException("one of SecurePort and InsecurePort is needed");
        if (!System.Net.IPAddress.TryParse(BindAddress, out _)) throw new ArgumentException($"BindAddress {BindAddress} is no IP address");
        RequirePositive(nameof(RequestTimeout), RequestTimeout.TotalSeconds);
        RequirePositive(nameof(BookmarkInterval), BookmarkInterval.TotalSeconds);
        RequirePositive(nameof(CompactionInterval), CompactionInterval.TotalSeconds);
        RequirePositive(nameof(MaxRequestsInFlight), MaxRequestsInFlight);
        RequirePositive(nameof(MaxMutatingRequestsInFlight), MaxMutatingRequestsInFlight);
        RequirePositive(nameof(WatchHistory), WatchHistory);
        RequirePositive(nameof(WatchBuffer), WatchBuffer);
        if (ServiceAllocationWait < TimeSpan.Zero) throw new ArgumentException($"ServiceAllocationWait {ServiceAllocationWait} is negative");
        ServiceNetwork();
    }

    private static void RequirePort(string name, int? port)
    {
        if (port is < 0 or > 65535) throw new ArgumentException($"{name} {port} is not between 0 and 65535");
    }

    private static void RequirePositive(string name, double value)
    {
        if (value <= 0) throw new ArgumentException($"{name} must be greater than zero");
    }
}
