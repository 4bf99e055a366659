using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Explain;

/// <summary>What the proxy that runs on this host works with, as it tells at <c>/configz</c> beside its metrics.</summary>
internal sealed record RunningProxy
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public required string NodeName { get; init; }

    public required string ProxyMode { get; init; }

    public required string IptablesVariant { get; init; }

    public required string IpvsScheduler { get; init; }

    public required string ClusterCidr { get; init; }

    public required Balancing Balancing { get; init; }

    public required bool MasqueradeAll { get; init; }

    public required string NodePortAddresses { get; init; }

    /// <summary>What a proxy with these options tells.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="mode">The mode that it came to.</param>
    public static byte[] Tell(ProxyOptions options, string mode) => JsonSerializer.SerializeToUtf8Bytes(
        new RunningProxy
        {
            NodeName = options.NodeName,
            ProxyMode = mode,
            IptablesVariant = options.IptablesVariant,
            IpvsScheduler = options.IpvsScheduler,
            ClusterCidr = options.ClusterCidr,
            Balancing = options.Balancing,
            MasqueradeAll = options.MasqueradeAll,
            NodePortAddresses = options.NodePortAddresses,
        },
        RunningProxyJson.Default.RunningProxy);

    /// <summary>Asks the proxy on this host; null when none answers there, or one that cannot tell.</summary>
    /// <param name="address">Its <c>--metrics-bind-address</c>.</param>
    /// <param name="clock">Time of the patience.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RunningProxy?> AskAsync(string address, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (address.Length == 0) return null;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await http.GetFromJsonAsync($"http://{address}/configz", RunningProxyJson.Default.RunningProxy, either.Token);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or UriFormatException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Options in which what the user did not give is the running proxy's.</summary>
    public ProxyOptions Complete(ProxyOptions options, IReadOnlySet<string> given) => options with
    {
        NodeName = given.Contains("--node-name") ? options.NodeName : NodeName,
        Mode = given.Contains("--proxy-mode") ? options.Mode : ProxyMode,
        IptablesVariant = given.Contains("--iptables-variant") ? options.IptablesVariant : IptablesVariant,
        IpvsScheduler = given.Contains("--ipvs-scheduler") ? options.IpvsScheduler : IpvsScheduler,
        ClusterCidr = given.Contains("--cluster-cidr") ? options.ClusterCidr : ClusterCidr,
        Balancing = given.Contains("--balancing") ? options.Balancing : Balancing,
        MasqueradeAll = given.Contains("--masquerade-all") ? options.MasqueradeAll : MasqueradeAll,
        NodePortAddresses = given.Contains("--nodeport-addresses") ? options.NodePortAddresses : NodePortAddresses,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunningProxy))]
internal sealed partial class RunningProxyJson : JsonSerializerContext;
