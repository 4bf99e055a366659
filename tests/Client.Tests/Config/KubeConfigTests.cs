using MiniK8s.Client.Config;
using MiniK8s.Client.Tests.Doubles;
using MiniK8s.TestKit.Files;

namespace MiniK8s.Client.Tests.Config;

public sealed class KubeConfigTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.Create();
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Data_in_the_file_and_in_files_beside_it_come_to_the_same()
    {
        var (certificate, key) = _authority.Client("me");
        File.WriteAllText(_folder["ca.crt"], _authority.Pem);
        File.WriteAllText(_folder["me.crt"], certificate);
        File.WriteAllText(_folder["me.key"], key);
        var beside = Write("beside", """
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:6443", certificate-authority: ca.crt}}]
            users: [{name: u, user: {client-certificate: me.crt, client-key: me.key}}]
            contexts: [{name: x, context: {cluster: c, user: u, namespace: team}}]
            current-context: x
            """);
        var inside = Write("inside", $$$"""
            {"clusters": [{"name": "c", "cluster": {"server": "https://127.0.0.1:6443", "certificate-authority-data": "{{{Base64(_authority.Pem)}}}"}}],
             "users": [{"name": "u", "user": {"client-certificate-data": "{{{Base64(certificate)}}}", "client-key-data": "{{{Base64(key)}}}"}}],
             "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u", "namespace": "team"}}], "current-context": "x"}
            """);

        Assert.Equal(ClientConfigs.Load(beside), ClientConfigs.Load(inside));
        Assert.Equal("team", ClientConfigs.Load(inside).Namespace);
        Assert.Equal(certificate, ClientConfigs.Load(inside).Identity?.CertificatePem);
    }

    [Fact]
    public void What_is_written_can_be_read_again_and_only_by_its_owner()
    {
        var (certificate, key) = _authority.Client("me");
        var config = new KubeConfig
        {
            Clusters = new Dictionary<string, KubeCluster> { ["c\": x"] = new() { Server = "https://h:1", Authority = new KubeData.Inline(_authority.Pem), InsecureSkipTlsVerify = true } },
            Users = new Dictionary<string, KubeUser> { ["u"] = new() { ClientCertificate = new KubeData.Inline(certificate), ClientKey = new KubeData.Inline(key), Token = "t\n#" } },
            Contexts = new Dictionary<string, KubeContext> { ["x"] = new() { Cluster = "c\": x", User = "u" } },
            CurrentContext = "x",
        };
        KubeConfigFiles.Write(_folder["config"], config);

        var read = KubeConfigFiles.Read(_folder["config"]);

        Assert.Equal(config.Clusters, read.Clusters);
        Assert.Equal("t\n#", read.Users["u"].Token);
        Assert.Equal(ClientConfigs.Of(config), ClientConfigs.Of(read));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["config"]));
    }

    [Fact]
    public void In_a_list_the_first_file_that_sets_a_name_wins_and_missing_files_are_left_out()
    {
        var first = Write("first", "clusters: [{name: c, cluster: {server: 'http://first:1'}}]\ncontexts: [{name: x, context: {cluster: c}}]");
        var second = Write("second", "clusters: [{name: c, cluster: {server: 'http://second:1'}}]\ncontexts: [{name: y, context: {cluster: c}}]\ncurrent-context: y");

        var merged = KubeConfigFiles.LoadList($"{first}:{_folder["missing"]}:{second}");

        Assert.NotNull(merged);
        Assert.Equal(new Uri("http://first:1"), ClientConfigs.Of(merged).Server);
        Assert.Equal(["x", "y"], merged.Contexts.Keys.Order());
        Assert.Null(KubeConfigFiles.LoadList(_folder["missing"]));
    }

    [Theory]
    [InlineData("clusters: [", "line ")]
    [InlineData("just text", "expected a mapping with 'clusters'")]
    [InlineData("clusters: {}", "clusters: must be a list")]
    [InlineData("clusters: [{name: c}]", "clusters[0].cluster: is missing")]
    [InlineData("users: [{user: {}}]", "users[0].name: is missing")]
    [InlineData("users: [{name: u, user: {token: [1]}}]", "users[0].user.token: must be a string")]
    [InlineData("clusters: [{name: c, cluster: {insecure-skip-tls-verify: maybe}}]", "clusters[0].cluster.insecure-skip-tls-verify: must be true or false, not 'maybe'")]
    [InlineData("clusters: [{name: c, cluster: {certificate-authority-data: '?'}}]", "clusters[0].cluster.certificate-authority-data: must be base64")]
    [InlineData("{}", "current-context is not set")]
    [InlineData("current-context: x", "there is no context 'x'; there are: none")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c}}]}", "there is no cluster 'c'")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c}}], clusters: [{name: c, cluster: {server: 'ftp://h'}}]}", "cluster 'c': server 'ftp://h' must be an address such as https://127.0.0.1:6443")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: 'https://h'}}], users: [{name: u, user: {exec: {command: x}}}]}", "user 'u': 'exec' is not supported")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: 'https://h'}}], users: [{name: u, user: {client-certificate-data: eA==}}]}", "client-key is missing")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: 'https://h'}}], users: [{name: u, user: {client-certificate-data: eA==, client-key-data: eA==}}]}", "are no matching PEM pair")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c}}], clusters: [{name: c, cluster: {server: 'https://h', certificate-authority-data: eA==}}]}", "holds no certificate")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c}}], clusters: [{name: c, cluster: {server: 'https://h', certificate-authority: nowhere.crt}}]}", "nowhere.crt")]
    public void A_wrong_file_gets_an_error_that_names_file_and_field(string text, string expected)
    {
        var path = Write("wrong", text);

        var refused = Assert.Throws<KubeConfigException>(() => ClientConfigs.Load(path));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_file_that_is_missing_is_an_error()
    {
        var refused = Assert.Throws<KubeConfigException>(() => ClientConfigs.Load(_folder["missing"]));

        Assert.Contains(_folder["missing"], refused.Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        return _folder[name];
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
