using System.Globalization;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>
/// A proxy that has a change to write every few milliseconds is killed at random moments, often while it starts or writes, and
/// started again. Meanwhile 200 connections talk, and new ones are made.
/// </summary>
public abstract class KillCases(ProxyMode mode) : IAsyncLifetime
{
    /// <summary>How often: more where the proxy that is started after each was compiled and is quickly there; 100 and more are tried by hand.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("MINIK8S_TEST_KILLS") ?? (BuiltProxy.Native is null ? "34" : "50"), CultureInfo.InvariantCulture);

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(0.6);
    private static readonly TimeSpan Syncs = TimeSpan.FromMilliseconds(60);
    private const int Lines = 200;
    private ProxyNetwork net = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(mode.SkipReason is not null, mode.SkipReason ?? "");
        net = await ProxyNetwork.CreateAsync(mode);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (net is not null) await net.DisposeAsync();
    }

    [Fact]
    public async Task Kill_9_at_any_moment_cuts_no_connection_and_leaves_no_service_half_written()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}, {Kills} kills");
        using var services = new RestlessServices(net, seed);
        services.PutAll();
        await net.StartProxyAsync();
        await using var talk = await OpenLines.OpenAsync(services.Destinations, Lines);
        await using var changes = services.StartChanging();
        for (var kill = 1; kill <= Kills; kill++)
        {
            await net.KillProxyAsync();
            await services.CheckAsync($"seed {seed}, kill {kill}");
            // Every other one may write its rules, and is killed at one of the syncs that follow each other from then on.
            if (kill % 2 == 0) await net.StartProxyAsync();
            else await net.LaunchProxyAsync();
            await Task.Delay(random.NextDouble() * (kill % 2 == 0 ? Syncs : Start), TimeProvider.System);
            Assert.Equal("", talk.Failure);
            Assert.Equal("", changes.Failure);
        }

        await net.KillProxyAsync();
        await changes.DisposeAsync();
        services.PutAll(net.EndpointOf(net.Far));
        await net.StartProxyAsync();
        await services.UntilAllAnswerAsync("far");
        Assert.Equal("", await talk.StopAsync());
    }
}
