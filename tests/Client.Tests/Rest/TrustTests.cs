using Microsoft.AspNetCore.Http;
using MiniK8s.Client.Config;
using MiniK8s.Client.Rest;
using MiniK8s.Client.Tests.Doubles;

namespace MiniK8s.Client.Tests.Rest;

public sealed class TrustTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_server_of_the_named_authority_is_trusted_over_http2_and_sees_the_clients_certificate()
    {
        await using var server = await ServeAsync();
        var (certificate, key) = _authority.Client("system:admin");

        Assert.Equal("HTTP/2 CN=system:admin", await AskAsync(server.Config with
        {
            AuthorityPem = _authority.Pem,
            Identity = new ClientIdentity(certificate, key),
        }));
    }

    [Fact]
    public async Task A_server_of_another_authority_is_refused()
    {
        await using var server = await ServeAsync();
        using var other = new TestAuthority();

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(server.Config with { AuthorityPem = other.Pem }));
    }

    [Fact]
    public async Task A_server_of_a_private_authority_is_refused_where_none_is_named()
    {
        await using var server = await ServeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(server.Config));
    }

    [Fact]
    public async Task A_server_with_another_name_is_refused_unless_that_name_is_expected()
    {
        await using var server = await ServeAsync("kubernetes");
        var config = server.Config with { AuthorityPem = _authority.Pem };

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(config));
        Assert.Equal("HTTP/2 ", await AskAsync(config with { TlsServerName = "kubernetes" }));
    }

    [Fact]
    public async Task Any_server_is_accepted_where_the_user_said_so()
    {
        await using var server = await ServeAsync();

        Assert.Equal("HTTP/2 ", await AskAsync(server.Config with { InsecureSkipTlsVerify = true }));
    }

    [Theory]
    [InlineData(false, "HTTP/2 ")]
    [InlineData(true, "HTTP/1.1 ")]
    public async Task A_watch_is_over_http2_too_unless_it_shall_have_a_connection_of_its_own(bool apart, string protocol)
    {
        await using var server = await ServeAsync();
        var config = server.Config with { AuthorityPem = _authority.Pem, WatchesApart = apart };
        using var client = new RawApiClient(config);

        await using var watch = await client.OpenWatchAsync("/");

        // HTTP/2 has pings of its own.
        Assert.Equal(apart, await KernelProbesAsync(server.Address.Port));
        Assert.Equal(protocol, await new StreamReader(watch.Body).ReadToEndAsync());
        Assert.Equal("HTTP/2 ", await AskAsync(config));
    }

    /// <summary>Whether the kernel waits to probe the peer of the one connection to the port (proc_net_tcp: timer 2 of an open connection).</summary>
    private static async Task<bool> KernelProbesAsync(int port)
    {
        var lines = await File.ReadAllLinesAsync("/proc/net/tcp");
        var connection = lines.Concat(await File.ReadAllLinesAsync("/proc/net/tcp6"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Single(fields => fields[2].EndsWith($":{port:X4}", StringComparison.Ordinal) && fields[3] == "01");
        return connection[5].StartsWith("02:", StringComparison.Ordinal);
    }

    private Task<TestHttpServer> ServeAsync(string? name = null) => TestHttpServer.StartAsync(
        context => context.Response.WriteAsync($"{context.Request.Protocol} {context.Connection.ClientCertificate?.Subject}"),
        _authority.Server(name));

    private static async Task<string> AskAsync(ClientConfig config)
    {
        using var client = new RawApiClient(config);
        var answer = await client.SendAsync(HttpMethod.Get, "/");
        return System.Text.Encoding.UTF8.GetString(answer.Body.Span);
    }
}
