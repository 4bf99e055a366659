using System.Text;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Decoding;

namespace MiniK8s.Api.Tests.Decoding;

public class YamlReadingTests
{
    [Theory]
    [InlineData("yes", "true")]
    [InlineData("Off", "false")]
    [InlineData("y", "true")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("\"yes\"", "\"yes\"")]
    [InlineData("'1'", "\"1\"")]
    [InlineData("yEs", "\"yEs\"")]
    [InlineData("0", "0")]
    [InlineData("010", "8")]
    [InlineData("0o17", "15")]
    [InlineData("0x1F", "31")]
    [InlineData("0b101", "5")]
    [InlineData("-12", "-12")]
    [InlineData("1_000", "1000")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("08", "8")]
    [InlineData("1.5", "1.5")]
    [InlineData("1.0", "1")]
    [InlineData("1e3", "1000")]
    [InlineData(".5", "0.5")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("10.0.0.1", "\"10.0.0.1\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("2026-01-02", "\"2026-01-02\"")]
    [InlineData("500m", "\"500m\"")]
    [InlineData("-", "[null]")]
    [InlineData("+", "\"\\u002B\"")]
    [InlineData("!!str 5", "\"5\"")]
    [InlineData("! 5", "\"5\"")]
    [InlineData("!!int 5", "5")]
    [InlineData("!!binary aGVsbG8=", "\"hello\"")]
    [InlineData("|\n  a\n  b\n", "\"a\\nb\\n\"")]
    [InlineData(">-\n  a\n  b\n", "\"a b\"")]
    public void Scalars_resolve_as_YAML_1_1(string yaml, string json) =>
        Assert.Equal($$"""{"a":{{json}}}""", Read(yaml == "-" ? "a:\n- " : $"a: {yaml}").Object.ToJsonString());

    [Theory]
    [InlineData("1: a", "1")]
    [InlineData("yes: a", "true")]
    [InlineData("1.5: a", "1.5")]
    [InlineData("\"yes\": a", "yes")]
    public void Keys_become_text(string yaml, string key) => Assert.Equal(key, Assert.Single(Read(yaml).Object).Key);

    [Fact]
    public void A_number_where_text_is_wanted_is_an_error_and_not_for_target_ports_and_quantities()
    {
        var error = Assert.Throws<DecodingException>(() => ObjectDecoder.Decode<Pod>(Bytes("spec: {containers: [{name: a, env: [{name: A, value: 5}]}]}")));
        Assert.Equal("json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string (spec.containers[0].env[0].value is 5)", error.Message);
        var service = ObjectDecoder.Decode<Service>(Bytes("spec: {ports: [{port: 80, targetPort: 8080}, {port: 81, targetPort: http}]}")).Object;
        Assert.Equal(["8080", "http"], service.Spec!.Ports.Select(port => port.TargetPort.ToString()));
        var pod = ObjectDecoder.Decode<Pod>(Bytes("spec: {containers: [{name: a, resources: {limits: {cpu: 1.5, memory: 64Mi}}}]}")).Object;
        Assert.Equal(["1500m", "64Mi"], pod.Spec!.Containers[0].Resources!.Limits.Values.Select(limit => limit.Text));
    }

    [Fact]
    public void Anchors_and_merge_keys_unfold()
    {
        var json = Read("base: &b {x: 1, y: [2]}\ncopy: *b\nmerged:\n  <<: *b\n  x: 3\n").Object.ToJsonString();
        Assert.Equal("""{"base":{"x":1,"true":[2]},"copy":{"x":1,"true":[2]},"merged":{"x":3,"true":[2]}}""", json);
    }

    [Fact]
    public void An_alias_bomb_is_refused()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++) bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        Assert.Contains("excessive aliasing", Refused(bomb.ToString()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: &x [*x]", "yaml: line 1, column 8: unknown anchor 'x' referenced")]
    [InlineData("a: 1\nb: [", "yaml: line 3, column 1: ")]
    [InlineData("a: 1\n b: 2\n", "yaml: line 2")]
    [InlineData("a: b\n\tc: 2\n", "yaml: line ")]
    [InlineData("- 1", "yaml: line 1, column 1: the document is an array, not an object with apiVersion and kind")]
    [InlineData("hello", "yaml: line 1, column 1: the document is a string, not an object with apiVersion and kind")]
    [InlineData("? [a]\n: b", "yaml: line 1, column 3: a key must be text")]
    [InlineData("~: b", "yaml: line 1, column 1: a key must be text")]
    [InlineData("a: .nan", "yaml: line 1, column 4: .nan has no form in JSON")]
    [InlineData("a: !foo b", "yaml: line 1, column 4: unknown tag !foo")]
    [InlineData("a: !!int b", "yaml: line 1, column 4: cannot decode \"b\" as a tag:yaml.org,2002:int")]
    [InlineData("a: 1\n---\nb: 2", "the body holds more than one YAML document; one object per request is wanted")]
    [InlineData("---\n---\n", "the body is empty")]
    public void Errors_name_line_and_column(string yaml, string error) => Assert.StartsWith(error, Refused(yaml), StringComparison.Ordinal);

    [Fact]
    public void A_key_that_stands_twice_is_named_with_its_line()
    {
        var error = Assert.Throws<DecodingException>(() => ObjectDecoder.Decode<Service>(Bytes("spec:\n  type: NodePort\n  type: ClusterIP\n")));
        Assert.Equal("strict decoding error: yaml: line 3, column 3: key \"type\" already set in map", error.Message);
    }

    [Theory]
    [InlineData("apiVersion: v1kind: Servicemetadata:  name: web")]
    [InlineData("apiVersion: v1kind: Servicemetadata:  name: webspec:  ports:  - port: 80")]
    [InlineData("apiVersion: \"v1\"kind: Service")]
    [InlineData("# Three pods.apiVersion: v1kind: Servicemetadata:  name: web")]
    [InlineData("---apiVersion: v1kind: Servicemetadata:  name: web")]
    public void A_body_that_lost_its_line_breaks_is_told_how_to_be_sent(string yaml)
    {
        Assert.Contains("--data-binary @file", Refused(yaml), StringComparison.Ordinal);
    }

    [Fact]
    public void Documents_are_split_and_empty_ones_skipped()
    {
        var found = YamlDocuments.Read(Bytes("# first\n---\na: 1\n---\n# nothing\n---\n{\"b\": 2}\n...\n---\nc: 3\n"));
        Assert.Equal(["""{"a":1}""", """{"b":2}""", """{"c":3}"""], found.Select(body => body.Object.ToJsonString()));
        Assert.Equal(2, YamlDocuments.Read(Bytes("{\"a\":1}\n{\"b\":2}\n")).Count);
        Assert.Equal(2, YamlDocuments.Read(Bytes("{\"a\":1}\n---\nb: 2\n")).Count);
        Assert.Empty(YamlDocuments.Read(Bytes("\n")));
    }

    private static ParsedBody Read(string yaml) => ObjectDecoder.Read(Bytes(yaml), BodyFormat.Yaml);

    private static string Refused(string yaml) => Assert.Throws<DecodingException>(() => Read(yaml)).Message;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
