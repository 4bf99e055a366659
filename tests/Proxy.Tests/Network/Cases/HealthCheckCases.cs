using System.Globalization;
using System.Text.Json;
using MiniK8s.Api.Core.V1;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>What load balancers and people ask over HTTP.</summary>
public abstract class HealthCheckCases(ServiceLab lab) : FlowCases(lab)
{
    private string Port => $"http://{Net.Node.Address}:{Site.OtherNodePort}/";

    [Fact]
    public async Task The_health_check_port_says_whether_there_are_endpoints_here()
    {
        using var outside = Outside.CreateHttpClient();
        await GiveAsync(Balanced(), One, Two, Far);

        await ProxyNetwork.UntilAsync(() => StatusAsync(outside), status => status == "200", "the health-check port answers");
        using var answer = await outside.GetAsync(Port);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("2", answer.Headers.GetValues("X-Load-Balancing-Endpoint-Weight").Single());
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(2, body.RootElement.GetProperty("localEndpoints").GetInt32());
        Assert.Equal("shop", body.RootElement.GetProperty("service").GetProperty("namespace").GetString());
        Assert.Equal(Site.Name, body.RootElement.GetProperty("service").GetProperty("name").GetString());

        await GiveAsync(Balanced(), Far);
        await ProxyNetwork.UntilAsync(() => StatusAsync(outside), status => status == "503", "without endpoints here the port says no");
    }

    [Fact]
    public async Task Endpoints_that_only_terminate_do_not_count_as_healthy()
    {
        using var outside = Outside.CreateHttpClient();
        await GiveAsync(Balanced(), One with { Conditions = new Api.Discovery.V1.EndpointConditions { Ready = false, Serving = true, Terminating = true } });

        await ProxyNetwork.UntilAsync(() => StatusAsync(outside), status => status == "503", "the load balancer is sent elsewhere");
        await ExpectAsync($"one {Net.Outside.Address}", Outside, NodePort);
    }

    [Fact]
    public async Task The_health_check_port_goes_with_the_policy_and_with_the_service()
    {
        using var outside = Outside.CreateHttpClient();
        await GiveAsync(Balanced(), One);
        await ProxyNetwork.UntilAsync(() => StatusAsync(outside), status => status == "200", "the health-check port answers");

        await GiveAsync(Site.Open(), One);
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Outside, new Uri(Port).Authority), answer => answer == Dial.Refused, "the port is closed with policy Cluster");

        await GiveAsync(Balanced(), One);
        await ProxyNetwork.UntilAsync(() => StatusAsync(outside), status => status == "200", "the health-check port answers again");
        Net.Api.Delete<Service>(Site.Name);
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Outside, new Uri(Port).Authority), answer => answer == Dial.Refused, "the port is closed with the service");
    }

    [Fact]
    public async Task The_proxy_tells_of_its_own_health_mode_and_figures()
    {
        using var outside = Outside.CreateHttpClient();
        using var inside = Node.CreateHttpClient();

        Assert.Contains("lastUpdated", await outside.GetStringAsync($"http://{Net.Node.Address}:10256/healthz"), StringComparison.Ordinal);
        Assert.Contains("kubeproxy_sync_full_proxy_rules_duration_seconds_count", await inside.GetStringAsync("http://127.0.0.1:10249/metrics"), StringComparison.Ordinal);
        Assert.Equal(Mode.Program, await inside.GetStringAsync("http://127.0.0.1:10249/proxyMode"));
    }

    private Service Balanced() => Site.Open(spec => spec with { ExternalTrafficPolicy = "Local", HealthCheckNodePort = Site.OtherNodePort });

    private async Task<string> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(Port);
        return ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
    }
}
