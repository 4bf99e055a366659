using System.Text;
using System.Text.Json.Nodes;
using MiniK8s.Api.Decoding;

namespace MiniK8s.Api.Tests.Decoding;

public class YamlWriterTests(ITestOutputHelper output)
{
    [Fact]
    public void A_service_is_printed_as_kubectl_prints_it()
    {
        var json = """{"kind":"Service","apiVersion":"v1","metadata":{"name":"web","labels":{},"annotations":{"a":"x: y","b":"one\ntwo\n","n":"5"}},"spec":{"ports":[{"port":80,"name":"http","targetPort":"8080"},{"port":443}],"externalIPs":[],"type":"ClusterIP","list":[[1,2],["a"]]}}""";
        Assert.Equal(
            """
            apiVersion: v1
            kind: Service
            metadata:
              annotations:
                a: 'x: y'
                b: |
                  one
                  two
                "n": "5"
              labels: {}
              name: web
            spec:
              externalIPs: []
              list:
              - - 1
                - 2
              - - a
              ports:
              - name: http
                port: 80
                targetPort: "8080"
              - port: 443
              type: ClusterIP

            """,
            YamlWriter.Write(JsonNode.Parse(json)));
    }

    [Theory]
    [InlineData("yes", "\"yes\"")]
    [InlineData("", "\"\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("0x1f", "\"0x1f\"")]
    [InlineData("12:30:45", "\"12:30:45\"")]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("2026-01-02T03:04:05Z", "\"2026-01-02T03:04:05Z\"")]
    [InlineData("2026-01-02", "\"2026-01-02\"")]
    [InlineData("2026-01-02-a", "2026-01-02-a")]
    [InlineData("a#b", "a#b")]
    [InlineData("a #b", "'a #b'")]
    [InlineData("- a", "'- a'")]
    [InlineData("-a", "-a")]
    [InlineData("it's", "it's")]
    [InlineData("'q'", "'''q'''")]
    [InlineData("{a}", "'{a}'")]
    [InlineData("a:", "'a:'")]
    [InlineData("http://x", "http://x")]
    [InlineData(" a", "' a'")]
    [InlineData("a\tb", "\"a\\tb\"")]
    [InlineData("%a", "'%a'")]
    [InlineData("*", "'*'")]
    [InlineData("a\nb", "|-\n  a\n  b")]
    [InlineData("a\nb\n\n", "|+\n  a\n  b\n")]
    [InlineData(" a\nb", "|2-\n   a\n  b")]
    [InlineData("a \nb", "\"a \\nb\"")]
    public void Text_is_quoted_only_where_it_must(string text, string yaml) =>
        Assert.Equal($"a: {yaml}\n", YamlWriter.Write(new JsonObject { ["a"] = text }));

    [Fact]
    public void Keys_are_in_natural_order()
    {
        var map = new JsonObject { ["a10"] = 1, ["a2"] = 1, ["b"] = 1, ["B"] = 1, ["9"] = 1, ["a02"] = 1, ["_"] = 1, ["a"] = 1 };
        Assert.Equal("\"9\" _ B a a2 a02 a10 b", string.Join(' ', YamlWriter.Write(map).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0])));
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var value = RandomMap(random, 0);
            var yaml = YamlWriter.Write(value);
            var read = YamlDocuments.Read(Encoding.UTF8.GetBytes(yaml)) is [var only] ? only.Object : [];
            Assert.True(JsonNode.DeepEquals(value, read), $"seed {seed}, round {round}\n{value.ToJsonString()}\n{yaml}\n{read.ToJsonString()}");
        }
    }

    private static JsonObject RandomMap(Random random, int depth)
    {
        var map = new JsonObject();
        for (var i = random.Next(5); i > 0; i--) map[RandomText(random)] = RandomNode(random, depth);
        return map;
    }

    private static JsonNode? RandomNode(Random random, int depth) => random.Next(depth > 3 ? 6 : 8) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.NextInt64(long.MinValue, long.MaxValue),
        3 => random.Next(-5, 5) / 4.0,
        4 or 5 => RandomText(random),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomNode(random, depth + 1))]),
        _ => RandomMap(random, depth + 1),
    };

    private static string RandomText(Random random)
    {
        string[] parts = ["a", "yes", "null", "1", "0", ".", ":", " ", "\n", "-", "#", "'", "\"", "\\", "{", "]", ",", "&", "*", "!", "|", ">", "%", "@", "~", "ä", "😀", "\t", "=", "<<", "e5", "?", "\u2028", "\r", "\u0001", "---"];
        return string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => parts[random.Next(parts.Length)]));
    }
}
