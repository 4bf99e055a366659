using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.ApiServer.Hosting;
using MiniK8s.ApiServer.Security.Authentication;
using MiniK8s.ApiServer.Security.Pki;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.TestKit.Files;

namespace MiniK8s.ApiServer.Tests.Http;

public sealed class SecurityTests : IAsyncLifetime
{
    private readonly TestFolder folder = TestFolder.Create();
    private readonly MemoryStore store = new(TimeProvider.System);
    private ClusterPki pki = null!;
    private ApiServerHost host = null!;

    public async ValueTask InitializeAsync()
    {
        pki = ClusterPki.Open(folder.FullPath, TimeProvider.System);
        var parts = new ApiServerParts { Security = ApiServerSecurity.Of(pki, folder.FullPath, [], [], TimeProvider.System) };
        host = await ApiServerHost.StartAsync(
            TestApi.Options with { SecurePort = 0, BindAddress = "127.0.0.1" }, parts, store, NullLoggerFactory.Instance, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await store.DisposeAsync();
        pki.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("/livez", 200)]
    [InlineData("/readyz", 200)]
    [InlineData("/version", 200)]
    [InlineData("/api", 403)]
    [InlineData("/openapi/v3", 403)]
    [InlineData("/nothing", 403)]
    [InlineData("/api/v1/namespaces/default/secrets", 403)]
    public async Task Without_credentials_only_health_and_version_are_told(string path, int code)
    {
        using var client = Client();
        Assert.Equal(code, (await GetAsync(client, path)).Code);
    }

    [Fact]
    public async Task Refusals_say_who_may_not_do_what()
    {
        using var client = Client();
        var (code, body) = await GetAsync(client, "/api/v1/namespaces/default/services");
        Assert.Equal((403, "Forbidden", "services is forbidden: User \"system:anonymous\" cannot list resource \"services\" in API group \"\" in the namespace \"default\""), (
            code, $"{body["reason"]}", $"{body["message"]}"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");
        (code, body) = await GetAsync(client, "/api/v1/namespaces/default/services");
        Assert.Equal((401, "Unauthorized", "Unauthorized"), (code, $"{body["reason"]}", $"{body["message"]}"));
    }

    [Fact]
    public async Task A_certificate_or_a_token_of_the_administrator_opens_everything()
    {
        using var byCertificate = Client(pki.Authority.IssueClient("kubernetes-admin", "system:masters").ToX509());
        Assert.Equal(200, (await GetAsync(byCertificate, "/api/v1/namespaces/default/secrets")).Code);
        using var byToken = Client();
        var token = new TokenFile(folder.FullPath, TimeProvider.System).Issue("admin", ["system:masters"], TimeSpan.FromHours(1));
        byToken.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(200, (await GetAsync(byToken, "/api/v1/namespaces/default/secrets")).Code);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var other = CertificateAuthority.Create("other", TimeProvider.System);
        using var client = Client(other.IssueClient("kubernetes-admin", "system:masters").ToX509());
        Assert.Equal(401, (await GetAsync(client, "/api/v1/pods")).Code);
    }

    [Fact]
    public async Task A_node_reads_only_what_its_pods_refer_to()
    {
        using var admin = new HttpClient { BaseAddress = host.InsecureUrl };
        await PostAsync(admin, "/api/v1/namespaces/default/pods", """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"x","envFrom":[{"secretRef":{"name":"mine"}}]}]}}
            """);
        await PostAsync(admin, "/api/v1/namespaces/default/pods/p/binding", """{"apiVersion":"v1","kind":"Binding","metadata":{"name":"p"},"target":{"kind":"Node","name":"n1"}}""");
        foreach (var name in new[] { "mine", "other" })
            await PostAsync(admin, "/api/v1/namespaces/default/secrets", $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{name}}}"}}""");

        using var node = Client(pki.Authority.IssueClient("system:node:n1", "system:nodes").ToX509());
        Assert.Equal(200, (await GetAsync(node, "/api/v1/namespaces/default/secrets/mine")).Code);
        Assert.Equal(403, (await GetAsync(node, "/api/v1/namespaces/default/secrets/other")).Code);
        Assert.Equal(200, (await GetAsync(node, "/api/v1/pods?fieldSelector=spec.nodeName%3Dn1")).Code);
        Assert.Equal(403, (await GetAsync(node, "/api/v1/pods")).Code);
        using var stranger = Client(pki.Authority.IssueClient("system:node:n2", "system:nodes").ToX509());
        Assert.Equal(403, (await GetAsync(stranger, "/api/v1/namespaces/default/secrets/mine")).Code);
    }

    [Fact]
    public async Task Many_requests_share_one_connection_over_http2()
    {
        using var client = Client(pki.Authority.IssueClient("kubernetes-admin", "system:masters").ToX509());
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => GetAsync(client, "/api/v1/namespaces")));
        Assert.All(answers, answer => Assert.Equal(200, answer.Code));
    }

    private HttpClient Client(X509Certificate2? certificate = null)
    {
        var handler = new SocketsHttpHandler();
        var roots = new X509Certificate2Collection(pki.Authority.Certificate);
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        if (certificate is not null) handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        return new HttpClient(handler) { BaseAddress = host.SecureUrl, Timeout = TestKit.Eventually.DefaultTimeout };
    }

    private static async Task<(int Code, JsonObject Body)> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : []);
    }

    private static async Task PostAsync(HttpClient client, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(path, content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }
}
