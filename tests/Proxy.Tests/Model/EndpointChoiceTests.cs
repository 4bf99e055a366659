using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Tests.Model;

/// <summary>
/// Endpoints are written as <c>name:flags</c>: l on this node, r ready, s serving, t terminating, a and b hints for the zones.
/// </summary>
public sealed class EndpointChoiceTests
{
    [Theory]
    // Ready ones, wherever they are.
    [InlineData("1:lrs 2:rs 3:s", "", "1 2", "", true)]
    // None ready: those that terminate and still serve; never those that do not serve.
    [InlineData("1:st 2:t 3:lst", "", "1 3", "", true)]
    [InlineData("1:t 2:", "", "", "", false)]
    // Hints: only for the own zone, only when all ready ones have some.
    [InlineData("1:rsa 2:rsb", "a", "1", "", true)]
    [InlineData("1:rsa 2:rs", "a", "1 2", "", true)]
    [InlineData("1:rsa 2:s", "a", "1", "", true)]
    [InlineData("1:rsb 2:rsb", "a", "1 2", "", true)]
    [InlineData("1:rsab 2:rsb", "a", "1", "", true)]
    [InlineData("1:rsa 2:rsb", "", "1 2", "", true)]
    [InlineData("1:sta 2:stb", "a", "1 2", "", true)]
    public void Policy_Cluster(string endpoints, string zone, string cluster, string local, bool any) =>
        AssertChoice(Port(), endpoints, zone, cluster, local, any);

    [Theory]
    [InlineData("1:lrs 2:rs", "", "", "1", true)]
    [InlineData("1:lst 2:rs", "", "", "1", true)]
    [InlineData("1:lrs 2:lst", "", "", "1", true)]
    [InlineData("1:rs", "", "", "", true)]
    [InlineData("1:st", "", "", "", true)]
    [InlineData("1:lt", "", "", "", false)]
    [InlineData("1:lrsb 2:rsa", "a", "", "1", true)]
    public void Internal_policy_Local_alone(string endpoints, string zone, string cluster, string local, bool any) =>
        AssertChoice(Port() with { InternalLocal = true }, endpoints, zone, cluster, local, any);

    [Theory]
    [InlineData("1:lrs 2:rs", "", "1 2", "1", true)]
    [InlineData("1:lst 2:rs", "", "2", "1", true)]
    [InlineData("1:lst 2:st", "", "1 2", "1", true)]
    [InlineData("1:rs", "", "1", "", true)]
    [InlineData("1:lrsb 2:rsa", "a", "2", "1", true)]
    [InlineData("1:s", "", "", "", false)]
    public void External_policy_Local(string endpoints, string zone, string cluster, string local, bool any) =>
        AssertChoice(Port() with { ExternalLocal = true, NodePort = 30000 }, endpoints, zone, cluster, local, any);

    [Fact]
    public void External_policy_Local_means_nothing_without_a_way_in_from_outside() =>
        AssertChoice(Port() with { ExternalLocal = true }, "1:lrs 2:rs", "", "1 2", "", true);

    private static void AssertChoice(ServicePort port, string endpoints, string zone, string cluster, string local, bool any)
    {
        ServiceEndpoint[] parsed = [.. endpoints.Split(' ').Select(Parse)];

        var choice = EndpointChoice.Of(new ServiceState(port, [.. parsed]), new NodeState { Zone = zone });

        Assert.Equal(cluster, Names(choice.Cluster));
        Assert.Equal(local, Names(choice.Local));
        Assert.Equal(string.Join(' ', $"{cluster} {local}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Order()), Names(choice.Reachable));
        Assert.Equal(any, choice.HasAny);
    }

    private static string Names(ValueArray<ServiceEndpoint> endpoints) =>
        string.Join(' ', endpoints.Select(endpoint => endpoint.Address.GetAddressBytes()[3]));

    private static ServicePort Port() => new()
    {
        Name = new("shop", "web", "http", TransportProtocol.Tcp),
        ClusterIP = IPAddress.Parse("10.96.0.1"),
        Port = 80,
    };

    private static ServiceEndpoint Parse(string text)
    {
        var (name, flags) = (text.Split(':')[0], text.Split(':')[1]);
        return new ServiceEndpoint(IPAddress.Parse($"10.244.0.{name}"), 80)
        {
            IsLocal = flags.Contains('l'),
            IsReady = flags.Contains('r'),
            IsServing = flags.Contains('s'),
            IsTerminating = flags.Contains('t'),
            ZoneHints = [.. flags.Where(flag => flag is 'a' or 'b').Select(flag => flag.ToString())],
        };
    }
}
