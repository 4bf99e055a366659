using System.Text;
using MiniK8s.Api.Core.V1;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

/// <summary>ConfigMaps and Secrets.</summary>
public sealed class DataTests
{
    private static readonly ConfigMapKind Maps = new();
    private static readonly SecretKind Secrets = new();
    private const string Frozen = "Forbidden: field is immutable when `immutable` is set";

    [Theory]
    [InlineData("""{"data":{"a.b-c_D":"x"},"binaryData":{"e":"AAA="}}""", "")]
    [InlineData("""{"data":{"a b":"x"}}""", "data[a b]")]
    [InlineData("""{"data":{"..":"x"}}""", "data[..]")]
    [InlineData("""{"binaryData":{"..a":"AAA="}}""", "binaryData[..a]")]
    [InlineData("""{"data":{"a":"x"},"binaryData":{"a":"AAA="}}""", "data[a]")]
    public void Keys_are_file_names(string json, string field) =>
        Assert.Equal(field, string.Join('|', Maps.Create(Pipeline.Read<ConfigMap>(json)).Errors.Select(error => error.Field)));

    [Fact]
    public void One_mebibyte_is_the_most()
    {
        ConfigMap OfSize(int size) => new() { Data = new Dictionary<string, string> { ["a"] = new('x', size) } };
        Assert.Empty(Maps.Validate(OfSize(1024 * 1024)));
        Assert.Equal("Too long: may not be more than 1048576 bytes", Assert.Single(Maps.Validate(OfSize((1024 * 1024) + 1))).Message);
        var secret = new Secret { Type = "Opaque", Data = new Dictionary<string, byte[]> { ["a"] = new byte[(1024 * 1024) + 1] } };
        Assert.Equal("data: Too long: may not be more than 1048576 bytes", Assert.Single(Secrets.Validate(secret)).ToString());
    }

    [Fact]
    public void An_immutable_map_does_not_change()
    {
        var map = Pipeline.Read<ConfigMap>("""{"immutable":true,"data":{"a":"x"},"binaryData":{"e":"AAA="}}""");
        Assert.Empty(Maps.Update(Pipeline.Read<ConfigMap>("""{"immutable":true,"data":{"a":"x"},"binaryData":{"e":"AAA="}}"""), map).Errors);
        Assert.Equal([$"immutable: {Frozen}", $"data: {Frozen}", $"binaryData: {Frozen}"], Maps.Update(new ConfigMap(), map).Errors.Lines());
    }

    [Fact]
    public void Text_data_of_a_secret_becomes_data()
    {
        var secret = Secrets.Created(Pipeline.Read<Secret>("""{"data":{"a":"AAA="},"stringData":{"a":"x","b":"y"}}"""));
        Assert.Equal("Opaque", secret.Type);
        Assert.Equal("xy", Encoding.UTF8.GetString(secret.Data["a"]) + Encoding.UTF8.GetString(secret.Data["b"]));
        Assert.Empty(secret.StringData);
        Assert.Equal((2L, "Opaque"), (Secrets.Row(secret)["Data"], Secrets.SelectableFields["type"](secret)));
    }

    [Theory]
    [InlineData("kubernetes.io/tls", """{"tls.crt":"AA=="}""", "data[tls.key]")]
    [InlineData("kubernetes.io/tls", """{"tls.crt":"AA==","tls.key":"AA=="}""", "")]
    [InlineData("kubernetes.io/ssh-auth", "{}", "data[ssh-privatekey]")]
    [InlineData("kubernetes.io/basic-auth", "{}", "data[username]|data[password]")]
    [InlineData("kubernetes.io/basic-auth", """{"username":"AA=="}""", "")]
    [InlineData("kubernetes.io/dockerconfigjson", "{}", "data[.dockerconfigjson]")]
    [InlineData("kubernetes.io/dockerconfigjson", """{".dockerconfigjson":"AAAA"}""", "data[.dockerconfigjson]")]
    [InlineData("kubernetes.io/dockerconfigjson", """{".dockerconfigjson":"e30="}""", "")]
    [InlineData("kubernetes.io/service-account-token", "{}", "metadata.annotations[kubernetes.io/service-account.name]")]
    [InlineData("example.com/own", "{}", "")]
    public void A_secret_holds_what_its_type_promises(string type, string data, string fields) =>
        Assert.Equal(fields, string.Join('|', Secrets.Create(Pipeline.Read<Secret>($"{{\"type\":\"{type}\",\"data\":{data}}}")).Errors.Select(error => error.Field)));

    [Fact]
    public void Type_of_a_secret_stays_and_an_immutable_one_does_not_change()
    {
        var secret = Secrets.Created(Pipeline.Read<Secret>("""{"type":"example.com/own","immutable":true,"data":{"a":"AAA="}}"""));
        Assert.Equal(["type: Invalid value: \"Opaque\": field is immutable", $"immutable: {Frozen}", $"data: {Frozen}"],
            Secrets.Update(new Secret { Type = "Opaque" }, secret).Errors.Lines());
        Assert.Empty(Secrets.Update(secret with { Metadata = new() { Name = "s" } }, secret).Errors);
    }

    [Fact]
    public void Rows_count_the_keys() =>
        Assert.Equal(2L, Maps.Row(Pipeline.Read<ConfigMap>("""{"data":{"a":"x"},"binaryData":{"b":"AAA="}}"""))["Data"]);
}
